import { expect } from 'vitest'
import {
  conformance,
  eventSeen,
  idlePod,
  limitRange,
  neverCreated,
  podAbsent,
  pvc,
  pvcsIn,
  quotaCounted,
  quotaSizes,
  quotaUsed,
  requestAccepted,
  requestRefused,
  statefulSet,
  storageQuota,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'quotas/enforced-at-creation',
    statement:
      'A PVC that exceeds the storage quota of its namespace, or the limits for a single PVC, is refused at creation. What counts is what PVCs ask for, Bound or not. Of a StatefulSet, neither PVC nor Pod appears, and an Event of the StatefulSet says why.',
    level: 'MUST',
    source: { page: 'concepts/policy/resource-quotas/', section: 'storage-resource-quota' },
    requires: [],
    mutants: ['quotas-raised'],
    holds: ['PersistentVolumes without a class'],
    proves: {
      'quota.exceeded-is-rejected': {
        refused: 'more-refused',
        nothing: 'more-never-created',
        'set-says': 'set-says',
        'set-waits': ['no-pod-of-set', 'no-pvc-of-set'],
      },
      'quota.arithmetic': { refused: 'more-refused', fits: 'rest-accepted', requests: ['used-counted', 'unbound', 'more-refused'] },
      'quota.limit-range': { min: 'tiny-refused', max: 'huge-refused', between: 'used-accepted' },
      'trouble.describe-pvc-tells-cause': { quota: ['more-never-created', 'set-says', 'no-pvc-of-set'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, mark }) => {
    const kind = 'PersistentVolumeClaim'
    const web = statefulSet('web', { cluster, replicas: 1, data: quotaSizes.overFifth })
    // No volume is made for a PVC without a class: nothing of this is on any disk.
    const asking = (size: string) => ({ cluster, size, storageClass: '' })
    const quotas = await observe.kind({ apiVersion: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas', namespaced: true })
    const pvcs = await observe.pvcs()
    const pods = await observe.pods()
    const events = await observe.events()
    await observe.kind({ apiVersion: 'v1', kind: 'LimitRange', plural: 'limitranges', namespaced: true })
    await namespace.apply(storageQuota('storage', { atMost: quotaSizes.quota }))
    await until(quotas, quotaCounted({ resourceQuota: 'storage' }), { within: limits.objectDeleted })
    await namespace.attempt.dryRun(pvc('canary', asking(quotaSizes.beyondQuota)), { is: 'refused' })
    await namespace.apply(limitRange('single', { min: quotaSizes.least, max: quotaSizes.most }))

    await namespace.attempt.create(pvc('used', asking(quotaSizes.fourFifths)))
    await until(quotas, quotaUsed({ resourceQuota: 'storage', used: { persistentvolumeclaims: '1' } }), { within: limits.objectDeleted })
    await namespace.attempt.dryRun(pvc('canary', asking(quotaSizes.belowLeast)), { is: 'refused' })
    await namespace.attempt.create(pvc('tiny', asking(quotaSizes.belowLeast)))
    await namespace.attempt.create(pvc('huge', asking(quotaSizes.aboveMost)))
    const refusedFor = (name: string, says: string) => requestRefused({ verb: 'create', kind, name, code: 403, says })
    const byLimit = (most: string) => `${most} storage usage per PersistentVolumeClaim is `
    await expect(history).toUphold(refusedFor('tiny', `${byLimit('minimum')}${quotaSizes.least}`), { as: 'tiny-refused' })
    await expect(history).toUphold(refusedFor('huge', `${byLimit('maximum')}${quotaSizes.most}`), { as: 'huge-refused' })
    await expect(history).toUphold(requestAccepted({ verb: 'create', kind, name: 'used' }), { as: 'used-accepted' })
    const counted = quotaUsed({ resourceQuota: 'storage', used: { 'requests.storage': quotaSizes.fourFifths } })
    await expect(quotas).toReach(counted, { within: limits.objectDeleted, as: 'used-counted' })
    await namespace.attempt.create(pvc('more', asking(quotaSizes.overFifth)))
    await namespace.attempt.create(pvc('rest', asking(quotaSizes.fifth)))
    const exceeded = `exceeded quota: storage, requested: requests.storage=${quotaSizes.overFifth}`
    const numbers = `${exceeded}, used: requests.storage=${quotaSizes.fourFifths}, limited: requests.storage=${quotaSizes.quota}`
    await expect(history).toUphold(refusedFor('more', numbers), { as: 'more-refused' })
    await expect(history).toUphold(requestAccepted({ verb: 'create', kind, name: 'rest' }), { as: 'rest-accepted' })
    await namespace.apply(idlePod('bystander', { cluster }))
    await namespace.apply(web)
    const failed = eventSeen({ kind: 'StatefulSet', name: 'web', type: 'Warning', reason: 'FailedCreate', says: exceeded })
    await expect(events).toReach(failed, { within: limits.podReady, as: 'set-says' })
    const refused = mark('the StatefulSet was refused its PVC')
    await expect(pods).toStay(podAbsent({ pod: 'web-0' }), { for: limits.staysUnchanged, after: refused, as: 'no-pod-of-set' })
    const unbound = pvcsIn({ pvcs: ['used', 'rest'], phase: 'Pending' })
    await expect(pvcs).toStay(unbound, { for: limits.staysUnchanged, after: refused, as: 'unbound' })

    await expect(history).toUphold(neverCreated({ kind, name: 'more' }), { as: 'more-never-created' })
    await expect(history).toUphold(neverCreated({ kind, name: 'data-web-0' }), { as: 'no-pvc-of-set' })
  },
)
