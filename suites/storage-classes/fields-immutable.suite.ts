import { expect } from 'vitest'
import { allReady, conformance, pod, pvc, pvcsBound, requestRefused, storageClass, storedWith, until } from '../../harness/index.ts'

conformance(
  {
    id: 'storage-classes/fields-immutable',
    statement:
      'provisioner, parameters, reclaimPolicy and volumeBindingMode of a StorageClass are immutable, allowVolumeExpansion is not. A recreated class applies only to volumes provisioned later.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/storage-classes/', section: 'introduction' },
    requires: ['DynamicProvisioning'],
    mutants: ['class-changes-swallowed'],
    proves: {
      'class.fields-immutable': {
        provisioner: 'changes-refused',
        parameters: 'changes-refused',
        'reclaim-policy': 'changes-refused',
        'binding-mode': 'changes-refused',
        expansion: 'expansion-changed',
      },
      'class.backend-swap': { later: ['after-as-new', 'same-application'], earlier: 'before-as-old' },
    },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const own = namespace.name
    const named = { kind: 'StorageClass', name: own } as const
    const fixed = ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode']
    const fileSystem = 'csi.storage.k8s.io/fstype'
    const otherMode = cluster.bindingMode === 'Immediate' ? 'WaitForFirstConsumer' : 'Immediate'
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.storageClasses()
    await observe.pvs()
    await namespace.apply(storageClass(own, { cluster, parameters: { [fileSystem]: 'ext4' }, allowVolumeExpansion: false }))
    await namespace.apply(pvc('before', { cluster, size: sizes.small, storageClass: own }))
    await namespace.apply(pod('user-of-before', { cluster, pvc: 'before' }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['before'] }), { within: limits.pvcBound })

    await namespace.attempt.patch(named, { provisioner: 'another.example.com' })
    await namespace.attempt.patch(named, { parameters: { [fileSystem]: 'xfs' } })
    await namespace.attempt.patch(named, { reclaimPolicy: 'Retain' })
    await namespace.attempt.patch(named, { volumeBindingMode: otherMode })
    await expect(history).toUphold(requestRefused({ verb: 'patch', ...named, code: 422, fields: fixed }), { as: 'changes-refused' })
    await namespace.patch(named, { allowVolumeExpansion: true })
    await expect(history).toUphold(storedWith({ ...named, path: ['allowVolumeExpansion'], value: true }), { as: 'expansion-changed' })
    await namespace.delete(named)
    await namespace.apply(storageClass(own, { cluster, reclaimPolicy: 'Retain', allowVolumeExpansion: true }))
    // The provisioner reads classes from a watch: another PVC gives the watch time to catch up.
    await namespace.apply(pvc('meanwhile', { cluster, size: sizes.small }))
    await namespace.apply(pod('user', { cluster, pvc: 'meanwhile' }))
    await until(pvcs, pvcsBound({ pvcs: ['meanwhile'] }), { within: limits.pvcBound })
    await namespace.apply(pvc('after', { cluster, size: sizes.small, storageClass: own }))
    await namespace.apply(pod('user-of-after', { cluster, pvc: 'after' }))
    const users = allReady({ pods: ['user-of-before', 'user-of-after'] })
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['before', 'after'] }), { within: limits.pvcBound })
    await expect(pods).toReach(users, { within: limits.podReady, as: 'same-application' })

    const before = await namespace.pvOf('before')
    const after = await namespace.pvOf('after')
    const path = ['spec', 'persistentVolumeReclaimPolicy']
    await expect(history).toUphold(storedWith({ ...before, path, value: 'Delete' }), { as: 'before-as-old' })
    await expect(history).toUphold(storedWith({ ...after, path, value: 'Retain' }), { as: 'after-as-new' })
  },
)
