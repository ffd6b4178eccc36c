import { expect } from 'vitest'
import {
  conformance,
  pvc,
  pvcPresent,
  quotaCounted,
  quotaSizes,
  quotaUsed,
  requestAccepted,
  requestRefused,
  resourceQuota,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'quotas/volume-attributes-scope',
    statement:
      'A quota can be limited to the PVCs of one VolumeAttributesClass. Others do not count. Where it is used up, another PVC of the class is refused.',
    level: 'MAY',
    source: { page: 'concepts/policy/resource-quotas/', section: 'resource-quota-per-volumeattributesclass' },
    requires: [],
    mutants: ['quota-scopes-dropped'],
    holds: ['PersistentVolumes without a class'],
    proves: {
      'quota.volume-attributes-scope': { counted: ['gold-counted', 'more-refused'], others: ['silver-accepted', 'gold-counted'] },
    },
    since: '1.34',
    gate: 'VolumeAttributesClass',
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const kind = 'PersistentVolumeClaim'
    // Neither class is there, and no volume is made for a PVC without a StorageClass: a quota counts what is asked for.
    const [gold, silver] = [`${namespace.name}-gold`, `${namespace.name}-silver`]
    const asking = (volumeAttributesClass: string) => ({ cluster, size: quotaSizes.overHalf, storageClass: '', volumeAttributesClass })
    const quota = resourceQuota('gold', { 'requests.storage': quotaSizes.quota, persistentvolumeclaims: '2' })
    const matchExpressions = [{ scopeName: 'VolumeAttributesClass', operator: 'In', values: [gold] }]
    const counted = quotaUsed({ resourceQuota: 'gold', used: { 'requests.storage': quotaSizes.overHalf, persistentvolumeclaims: '1' } })
    const scoped = { ...quota, spec: { ...quota.spec, scopeSelector: { matchExpressions } } }
    const quotas = await observe.kind({ apiVersion: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas', namespaced: true })
    const pvcs = await observe.pvcs()
    await namespace.apply(scoped)
    await until(quotas, quotaCounted({ resourceQuota: 'gold' }), { within: limits.objectDeleted })
    await namespace.attempt.dryRun(pvc('canary', { ...asking(gold), size: quotaSizes.beyondQuota }), { is: 'refused' })

    await namespace.attempt.create(pvc('gold', asking(gold)))
    await until(quotas, counted, { within: limits.objectDeleted })
    await namespace.attempt.create(pvc('silver', asking(silver)))
    await namespace.attempt.create(pvc('more-gold', asking(gold)))
    await until(pvcs, pvcPresent({ pvc: 'gold' }), { within: limits.objectDeleted })

    await expect(history).toUphold(requestAccepted({ verb: 'create', kind, name: 'silver' }), { as: 'silver-accepted' })
    const storage = `requests.storage=${quotaSizes.overHalf}`
    const says = `exceeded quota: gold, requested: ${storage}, used: ${storage}, limited: requests.storage=${quotaSizes.quota}`
    await expect(history).toUphold(requestRefused({ verb: 'create', kind, name: 'more-gold', code: 403, says }), { as: 'more-refused' })
    await expect(quotas).toReach(counted, { within: limits.objectDeleted, as: 'gold-counted' })
  },
)
