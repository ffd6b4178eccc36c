import { expect } from 'vitest'
import {
  conformance,
  notDefault,
  pod,
  podReady,
  provisionerAsked,
  pvc,
  pvcHasClass,
  pvcPending,
  storageClass,
  treesEqual,
  until,
  volumeIn,
  volumeSnapshot,
  volumeSnapshotReady,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/restore-with-default-class',
    statement:
      'A restore without storageClassName gets the default StorageClass. It succeeds if that belongs to the driver of the snapshot; otherwise the PVC asks the other provisioner and stays Pending.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'class-1' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'DefaultStorageClassFree'],
    mutants: ['restores-made-blank'],
    proves: {
      'snapshot.restore-needs-matching-class': {
        'own-driver': ['restored', 'own-class', 'same'],
        'other-driver': ['other-asked', 'waits', 'still-waits'],
      },
    },
    holds: ['default StorageClass'],
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const [own, other] = [`${namespace.name}-own`, `${namespace.name}-other`]
    const elsewhere = 'elsewhere.holdfast.dev'
    const source = volumeIn('writer', { namespace, measure })
    const restored = volumeIn('reader', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    const volumeSnapshots = await observe.volumeSnapshots()
    await observe.pvs()
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await source.fill()
    const before = await source.readTree('before the snapshot')
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'source' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })

    await namespace.apply(storageClass(other, { cluster, provisioner: elsewhere, isDefault: true }))
    await namespace.apply(pvc('by-other', { cluster, size: sizes.small, storageClass: null, fromSnapshot: 'moment' }))
    await namespace.apply(pod('user', { cluster, pvc: 'by-other' }))
    const asked = provisionerAsked({ pvc: 'by-other', provisioner: elsewhere })
    await expect(pvcs).toReach(asked, { within: limits.pvcBound, as: 'other-asked' })
    const waiting = { for: limits.staysUnchanged, after: mark('the other provisioner was asked') }
    await namespace.patch({ kind: 'StorageClass', name: other }, notDefault)
    await namespace.apply(storageClass(own, { cluster, isDefault: true }))
    await expect(pvcs).toStay(pvcPending({ pvc: 'by-other' }), { ...waiting, as: 'waits' })
    await namespace.apply(pvc('by-own', { cluster, size: sizes.small, storageClass: null, fromSnapshot: 'moment' }))
    await namespace.apply(pod('reader', { cluster, pvc: 'by-own' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady, as: 'restored' })
    await expect(pvcs).toStay(pvcPending({ pvc: 'by-other' }), { ...waiting, as: 'still-waits' })

    const after = await restored.readTree('restored')
    await expect(history).toUphold(pvcHasClass({ pvc: 'by-own', storageClass: own }), { as: 'own-class' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same' })
  },
)
