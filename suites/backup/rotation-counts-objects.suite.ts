import { expect } from 'vitest'
import {
  allReady,
  conformance,
  job,
  jobComplete,
  laterSecond,
  newestSnapshots,
  pod,
  premise,
  pruneSnapshots,
  pvc,
  snapshotAccess,
  snapshotsReadyInTurn,
  snapshotsLeft,
  until,
  volumeSnapshot,
  volumeSnapshotReady,
  volumeSnapshotUnready,
} from '../../harness/index.ts'

conformance(
  {
    id: 'backup/rotation-counts-objects',
    statement:
      'A Job that keeps the newest N VolumeSnapshots of a namespace counts objects: one that never becomes ready is kept in place of a usable one, and those of another PVC are deleted too. Seven objects are seven runs, even if these took only a minute.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'volumesnapshots' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots'],
    mutants: ['jobs-do-nothing'],
    proves: {
      'snapshot.rotation-keep-n': { unready: 'fewer-usable', 'other-source': 'fewer-usable' },
      'backup.retention-consistent-text': { 'seven-objects': 'seven-kept' },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const [account, role, binding] = snapshotAccess()
    const before = ['of-other', 'older', 'newer', 'of-nothing']
    const runs = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    const volumeSnapshots = await observe.volumeSnapshots()
    await namespace.apply(account)
    await namespace.apply(role)
    await namespace.apply(binding)
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pvc('other', { cluster, size: sizes.small }))
    await namespace.apply(pod('user', { cluster, pvc: 'data' }))
    await namespace.apply(pod('user-of-other', { cluster, pvc: 'other' }))
    await until(pods, allReady({ pods: ['user', 'user-of-other'] }), { within: limits.podReady })

    // From the oldest to the newest, which their names do not tell.
    await namespace.apply(volumeSnapshot('of-other', { cluster, of: 'other' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'of-other' }), { within: limits.volumeSnapshotReady })
    await laterSecond()
    await namespace.apply(volumeSnapshot('older', { cluster, of: 'data' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'older' }), { within: limits.volumeSnapshotReady })
    await laterSecond()
    await namespace.apply(volumeSnapshot('newer', { cluster, of: 'data' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'newer' }), { within: limits.volumeSnapshotReady })
    await laterSecond()
    await namespace.apply(volumeSnapshot('of-nothing', { cluster, of: 'missing' }))
    await until(volumeSnapshots, volumeSnapshotUnready({ volumeSnapshot: 'of-nothing' }), { within: limits.volumeSnapshotReady })
    await premise(history, snapshotsLeft({ left: before, usable: ['of-other', 'older', 'newer'] }))
    await namespace.apply(job('prune', pruneSnapshots({ cluster, keep: 2 })))
    await until(jobs, jobComplete({ job: 'prune' }), { within: limits.jobEnded })

    await expect(history).toUphold(snapshotsLeft({ left: ['newer', 'of-nothing'], usable: ['newer'] }), { as: 'fewer-usable' })
    await snapshotsReadyInTurn({ fixtures, of: 'data', names: runs, volumeSnapshots })
    await namespace.apply(job('prune-again', pruneSnapshots({ cluster, keep: 7 })))
    await until(jobs, jobComplete({ job: 'prune-again' }), { within: limits.jobEnded })

    await expect(history).toUphold(newestSnapshots({ of: 'data', taken: 10, kept: 7 }), { as: 'seven-kept' })
  },
)
