import { expect } from 'vitest'
import {
  conformance,
  pod,
  podReady,
  pvc,
  until,
  volumeIn,
  volumeSnapshot,
  volumeSnapshotReady,
  volumeSnapshotUnserved,
  storedWith,
  treesEqual,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/needs-snapshot-controller',
    statement:
      'A VolumeSnapshot gets no status without a running snapshot controller. After the controller starts, the snapshot is taken and can be restored.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'introduction' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'ComponentControl'],
    mutants: ['snapshot-controller-kept', 'restores-made-blank'],
    proves: { 'snapshot.needs-controller-and-crds': { controller: ['unserved', 'served', 'same'], crds: 'custom-resource' } },
    pace: 'slow',
    disruptive: true,
  },
  async ({ namespace, components, observe, history, limits, cluster, measure, mark, sizes }) => {
    const source = volumeIn('writer', { namespace, measure })
    const restored = volumeIn('reader', { namespace, measure })
    const pods = await observe.pods()
    const snapshots = await observe.volumeSnapshots()
    await observe.snapshotDefinitions()
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await source.fill()
    const before = await source.readTree('before the snapshot')

    await components.stopSnapshotController()
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'source' }))
    await until(snapshots, volumeSnapshotUnserved({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })
    const asked = mark('asked for')
    await expect(snapshots).toStay(volumeSnapshotUnserved({ volumeSnapshot: 'moment' }), {
      for: limits.staysUnserved,
      after: asked,
      as: 'unserved',
    })
    await components.startSnapshotController()
    await expect(snapshots).toReach(volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady, as: 'served' })
    await namespace.apply(pvc('restored', { cluster, size: sizes.small, fromSnapshot: 'moment' }))
    await namespace.apply(pod('reader', { cluster, pvc: 'restored' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })

    const after = await restored.readTree('in the restored volume')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same' })
    const [kind, name] = ['CustomResourceDefinition', 'volumesnapshots.snapshot.storage.k8s.io']
    await expect(history).toUphold(storedWith({ kind, name, path: ['spec', 'names', 'kind'], value: 'VolumeSnapshot' }), {
      as: 'custom-resource',
    })
  },
)
