import { expect } from 'vitest'
import {
  answersValue,
  conformance,
  fileIn,
  pausedScript,
  resumeScript,
  pod,
  podWithPvcs,
  podReady,
  pvc,
  until,
  volumeSnapshot,
  volumeSnapshotReady,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/unflushed-data-not-included',
    statement:
      'A VolumeSnapshot contains only data written to the volume, not data that a program still holds in memory. A snapshot taken after the program writes it contains it.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'introduction' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots'],
    mutants: ['restore-current-source', 'restore-empty'],
    proves: { 'snapshot.app-consistency-by-quiesce': { reached: 'written', memory: ['held-back', 'written'] } },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const pods = await observe.pods()
    const volumeSnapshots = await observe.volumeSnapshots()
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await namespace.exec('writer', pausedScript('a record', '/data/record'))

    await namespace.apply(volumeSnapshot('held-back', { cluster, of: 'source' }))
    await expect(volumeSnapshots).toReach(volumeSnapshotReady({ volumeSnapshot: 'held-back' }), { within: limits.volumeSnapshotReady })
    await namespace.exec('writer', resumeScript)
    await namespace.apply(volumeSnapshot('written', { cluster, of: 'source' }))
    await expect(volumeSnapshots).toReach(volumeSnapshotReady({ volumeSnapshot: 'written' }), { within: limits.volumeSnapshotReady })
    await namespace.apply(pvc('before', { cluster, size: sizes.small, fromSnapshot: 'held-back' }))
    await namespace.apply(pvc('after', { cluster, size: sizes.small, fromSnapshot: 'written' }))
    await namespace.apply(podWithPvcs('reader', { cluster, pvcs: ['before', 'after'] }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })

    const before = await fileIn('reader', fixtures, '/data/before/record').read('in the first snapshot')
    const after = await fileIn('reader', fixtures, '/data/after/record').read('in the second snapshot')
    await expect(history).toUphold(answersValue({ found: before, value: null }), { as: 'held-back' })
    await expect(history).toUphold(answersValue({ found: after, value: 'a record' }), { as: 'written' })
  },
)
