import { expect } from 'vitest'
import {
  conformance,
  podWithPvcs,
  podReady,
  pvc,
  pvcExpanded,
  quotaCounted,
  quotaUsed,
  requestAccepted,
  requestRefused,
  storageClass,
  storageQuota,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'expansion/allowed-by-class-and-quota',
    statement:
      'A PVC can grow only if its StorageClass allows expansion and the quota has room. Otherwise the request is refused. A class can be changed to allow it. A manifest with only a size can be applied to a PVC that exists, and makes no new one.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'expanding-persistent-volumes-claims' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion'],
    mutants: ['growth-swallowed'],
    proves: {
      'expansion.class-must-allow': { only: 'refused-by-class', allowed: 'grown-once-allowed' },
      'expansion.quota-counts': { refused: ['refused-by-quota', 'grown-within-quota'], counted: 'counted' },
      'expansion.apply-partial-manifest': { existing: ['size-applied', 'grown-within-quota'], new: 'refused-as-new' },
    },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const kind = 'PersistentVolumeClaim'
    const resized = (storage: string) => ({ spec: { resources: { requests: { storage } } } })
    const byClass = 'the storageclass that provisions the pvc must support resize'
    const fixed = storageClass(`${namespace.name}-fixed`, { cluster, allowVolumeExpansion: false })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    const quotas = await observe.kind({ apiVersion: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas', namespaced: true })
    await namespace.apply(storageQuota('storage', { atMost: sizes.twiceMedium }))
    await until(quotas, quotaCounted({ resourceQuota: 'storage' }), { within: limits.objectDeleted })
    await namespace.attempt.dryRun(pvc('canary', { cluster, size: sizes.beyondAll, storageClass: '' }), { is: 'refused' })
    await namespace.apply(fixed)
    await namespace.apply(pvc('fixed', { cluster, size: sizes.small, storageClass: fixed.metadata.name }))
    await namespace.attempt.create(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(podWithPvcs('user', { cluster, pvcs: ['fixed', 'data'] }))
    await until(pods, podReady({ pod: 'user' }), { within: limits.podReady })
    await until(quotas, quotaUsed({ resourceQuota: 'storage', used: { persistentvolumeclaims: '2' } }), { within: limits.objectDeleted })

    await namespace.attempt.patch({ kind, name: 'fixed' }, resized(sizes.medium))
    await namespace.attempt.patch({ kind, name: 'data' }, resized(sizes.largest))
    await namespace.attempt.create({ apiVersion: 'v1', kind, metadata: { name: 'new' }, ...resized(sizes.medium) })
    await expect(history).toUphold(requestRefused({ verb: 'patch', kind, name: 'fixed', code: 403, says: byClass }), {
      as: 'refused-by-class',
    })
    await expect(history).toUphold(requestRefused({ verb: 'patch', kind, name: 'data', code: 403, says: 'exceeded quota: storage' }), {
      as: 'refused-by-quota',
    })
    await expect(history).toUphold(requestRefused({ verb: 'create', kind, name: 'new', code: 422, fields: ['spec.accessModes'] }), {
      as: 'refused-as-new',
    })

    // Admission reads classes from a watch: the expansion of the other PVC gives the watch time to catch up.
    await namespace.patch(fixed, { allowVolumeExpansion: true })
    await namespace.apply({ apiVersion: 'v1', kind, metadata: { name: 'data' }, ...resized(sizes.medium) })
    await expect(history).toUphold(requestAccepted({ verb: 'apply', kind, name: 'data' }), { as: 'size-applied' })
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'data', to: sizes.medium }), { within: limits.pvcExpanded, as: 'grown-within-quota' })
    await namespace.expand({ kind, name: 'fixed' }, sizes.medium)
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'fixed', to: sizes.medium }), { within: limits.pvcExpanded, as: 'grown-once-allowed' })
    const counted = quotaUsed({ resourceQuota: 'storage', used: { 'requests.storage': sizes.twiceMedium } })
    await expect(quotas).toReach(counted, { within: limits.objectDeleted, as: 'counted' })
  },
)
