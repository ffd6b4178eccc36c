import { expect } from 'vitest'
import {
  conformance,
  podsReady,
  pvc,
  pvcAbsent,
  pvcsBound,
  quotaCounted,
  quotaSizes,
  quotaUsed,
  requestAccepted,
  requestRefused,
  resourceQuota,
  selectorOf,
  statefulSet,
  until,
  volumeSnapshot,
} from '../../harness/index.ts'

conformance(
  {
    id: 'quotas/by-class-and-count',
    statement:
      'A quota can limit the storage and the number of PVCs of one StorageClass, the number of all PVCs, and that of VolumeSnapshots. Scaling a StatefulSet down frees nothing of it. Deleting a PVC does.',
    level: 'SHOULD',
    source: { page: 'concepts/policy/resource-quotas/', section: 'storage-resource-quota' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots'],
    mutants: ['binding-mode-ignored'],
    proves: {
      'quota.per-class': { storage: 'large-refused', count: ['counted', 'third-refused'], others: ['slow-accepted', 'slow-counted-apart'] },
      'quota.pvc-count': { pvcs: ['seventh-refused', 'within-count'], snapshots: ['snapshot-accepted', 'snapshot-refused'] },
      'quota.released-on-delete': { 'scaled-down': 'still-counted', deleted: ['freed', 'room-again'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const { name: own } = namespace
    const kind = 'PersistentVolumeClaim'
    // No StorageClass of these names exists: a quota counts what is asked for.
    const [fast, slow] = [`${own}-fast`, `${own}-slow`]
    const ofFast = (resource: string) => `${fast}.storageclass.storage.k8s.io/${resource}`
    const web = statefulSet('web', { cluster, replicas: 3, data: sizes.small, podManagement: 'Parallel' })
    const snapshots = 'count/volumesnapshots.snapshot.storage.k8s.io'
    const quotas = await observe.kind({ apiVersion: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas', namespaced: true })
    const pods = await observe.pods(selectorOf(web))
    const pvcs = await observe.pvcs()
    await namespace.apply(resourceQuota('count', { persistentvolumeclaims: '6', [snapshots]: '1' }))
    await namespace.apply(
      resourceQuota('fast', { [ofFast('requests.storage')]: quotaSizes.quota, [ofFast('persistentvolumeclaims')]: '2' }),
    )
    await until(quotas, quotaCounted({ resourceQuota: 'count' }), { within: limits.objectDeleted })
    await until(quotas, quotaCounted({ resourceQuota: 'fast' }), { within: limits.objectDeleted })
    // The API server learns of quotas in the order in which they were made.
    await namespace.attempt.dryRun(pvc('canary', { cluster, size: quotaSizes.beyondQuota, storageClass: fast }), { is: 'refused' })
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })
    await until(quotas, quotaUsed({ resourceQuota: 'count', used: { persistentvolumeclaims: '3' } }), { within: limits.objectDeleted })

    const create = async (name: string, size: string, storageClass: string) =>
      namespace.attempt.create(pvc(name, { cluster, size, storageClass }))
    await create('first', quotaSizes.overHalf, fast)
    const one = quotaUsed({ resourceQuota: 'fast', used: { [ofFast('persistentvolumeclaims')]: '1' } })
    await expect(quotas).toReach(one, { within: limits.objectDeleted, as: 'counted' })
    await create('large', quotaSizes.overHalf, fast)
    await create('second', quotaSizes.least, fast)
    await create('third', quotaSizes.least, fast)
    await create('slow', quotaSizes.overHalf, slow)
    await create('seventh', quotaSizes.least, slow)
    await namespace.attempt.create(volumeSnapshot('one', { cluster, of: 'data-web-0' }))
    await namespace.attempt.create(volumeSnapshot('two', { cluster, of: 'data-web-0' }))
    const inUse = quotaUsed({ resourceQuota: 'count', used: { persistentvolumeclaims: '6' } })
    await expect(quotas).toReach(inUse, { within: limits.objectDeleted, as: 'within-count' })
    await namespace.scale(web, 1)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 1 }), { within: limits.statefulSetScaled })
    const scaledDown = mark('scaled down')
    await expect(quotas).toStay(inUse, { for: limits.staysUnchanged, after: scaledDown, as: 'still-counted' })
    await namespace.delete({ kind, name: 'data-web-2' })
    await until(pvcs, pvcAbsent({ pvc: 'data-web-2' }), { within: limits.objectDeleted })
    const freed = quotaUsed({ resourceQuota: 'count', used: { persistentvolumeclaims: '5' } })
    await expect(quotas).toReach(freed, { within: limits.objectDeleted, as: 'freed' })
    // The API server may refuse for a moment by what it knew before. A StatefulSet asks again, as whoever is refused should.
    await namespace.scale(web, 3)
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['data-web-2'] }), { within: limits.statefulSetReady, as: 'room-again' })

    const refused = (name: string, says: string) => requestRefused({ verb: 'create', kind, name, code: 403, says })
    await expect(history).toUphold(
      refused('large', `exceeded quota: fast, requested: ${ofFast('requests.storage')}=${quotaSizes.overHalf}`),
      {
        as: 'large-refused',
      },
    )
    await expect(history).toUphold(refused('third', `exceeded quota: fast, requested: ${ofFast('persistentvolumeclaims')}=1`), {
      as: 'third-refused',
    })
    await expect(history).toUphold(requestAccepted({ verb: 'create', kind, name: 'slow' }), { as: 'slow-accepted' })
    const apart = quotaUsed({
      resourceQuota: 'fast',
      used: { [ofFast('requests.storage')]: quotaSizes.overHalfAndLeast, [ofFast('persistentvolumeclaims')]: '2' },
    })
    await expect(quotas).toReach(apart, { within: limits.objectDeleted, as: 'slow-counted-apart' })
    await expect(history).toUphold(refused('seventh', 'exceeded quota: count, requested: persistentvolumeclaims=1'), {
      as: 'seventh-refused',
    })
    const ofSnapshots = { verb: 'create', kind: 'VolumeSnapshot' } as const
    await expect(history).toUphold(requestAccepted({ ...ofSnapshots, name: 'one' }), { as: 'snapshot-accepted' })
    await expect(history).toUphold(requestRefused({ ...ofSnapshots, name: 'two', code: 403, says: `requested: ${snapshots}=1` }), {
      as: 'snapshot-refused',
    })
  },
)
