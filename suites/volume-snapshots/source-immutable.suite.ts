import { expect } from 'vitest'
import {
  conformance,
  pod,
  pvc,
  pvcsBound,
  requestAccepted,
  requestRefused,
  storedWith,
  until,
  volumeSnapshot,
  volumeSnapshotOf,
  volumeSnapshotReady,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/source-immutable',
    statement:
      'A VolumeSnapshot has exactly one source: a PVC or a VolumeSnapshotContent. Requests with both or none, and later changes of the source, are refused.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'volumesnapshots' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots'],
    mutants: ['source-of-snapshot-kept'],
    proves: { 'snapshot.source-immutable': { refused: ['change-refused', 'other-change'], kept: 'source-kept' } },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const kind = 'VolumeSnapshot'
    const path = ['spec', 'source', 'persistentVolumeClaimName']
    const pvcs = await observe.pvcs()
    const volumeSnapshots = await observe.volumeSnapshots()
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('user', { cluster, pvc: 'source' }))
    await until(pvcs, pvcsBound({ pvcs: ['source'] }), { within: limits.pvcBound })
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'source' }))
    await namespace.apply(volumeSnapshot('other', { cluster, of: 'source' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })

    await namespace.attempt.patch({ kind, name: 'moment' }, { spec: { source: { persistentVolumeClaimName: 'another' } } })
    await namespace.attempt.patch({ kind, name: 'other' }, { metadata: { labels: { kept: 'a-week' } } })
    await namespace.attempt.create(
      volumeSnapshotOf('both', { cluster, source: { persistentVolumeClaimName: 'source', volumeSnapshotContentName: 'content' } }),
    )
    await namespace.attempt.create(volumeSnapshotOf('neither', { cluster, source: {} }))

    await expect(history).toUphold(requestRefused({ verb: 'patch', kind, name: 'moment', code: 422, fields: [path.join('.')] }), {
      as: 'change-refused',
    })
    await expect(history).toUphold(requestAccepted({ verb: 'patch', kind, name: 'other' }), { as: 'other-change' })
    await expect(history).toUphold(storedWith({ kind, name: 'moment', path, value: 'source' }), { as: 'source-kept' })
    await expect(history).toUphold(requestRefused({ verb: 'create', kind, name: 'both', code: 422, fields: ['spec.source'] }))
    await expect(history).toUphold(requestRefused({ verb: 'create', kind, name: 'neither', code: 422, fields: ['spec.source'] }))
  },
)
