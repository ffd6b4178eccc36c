import { expect } from 'vitest'
import {
  conformance,
  job,
  jobComplete,
  pod,
  pvc,
  pvcsBound,
  snapshotAccess,
  snapshotRequest,
  until,
  volumeSnapshot,
  volumeSnapshotRefused,
  volumeSnapshotUnready,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/job-completes-before-snapshot',
    statement:
      'A Job that creates a VolumeSnapshot without waiting for it is Complete even if no snapshot is ever taken. Only status.readyToUse shows that it was taken.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'volumesnapshots' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots'],
    mutants: ['snapshot-class-ignored'],
    proves: { 'snapshot.job-success-is-not-ready': {} },
  },
  async ({ namespace, observe, limits, cluster, mark, sizes }) => {
    const [account, role, binding] = snapshotAccess()
    const pvcs = await observe.pvcs()
    const jobs = await observe.jobs()
    const volumeSnapshots = await observe.volumeSnapshots()
    await namespace.apply(account)
    await namespace.apply(role)
    await namespace.apply(binding)
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('user', { cluster, pvc: 'data' }))
    await until(pvcs, pvcsBound({ pvcs: ['data'] }), { within: limits.pvcBound })

    const nightly = volumeSnapshot('nightly', { cluster, of: 'data', snapshotClass: 'no-such-class' })
    await namespace.apply(job('backup', snapshotRequest({ cluster, volumeSnapshot: nightly })))
    await expect(jobs).toReach(jobComplete({ job: 'backup' }), { within: limits.jobEnded })
    const reported = mark('success reported')

    await expect(volumeSnapshots).toReach(volumeSnapshotRefused({ volumeSnapshot: 'nightly' }), { within: limits.volumeSnapshotReady })
    await expect(volumeSnapshots).toStay(volumeSnapshotUnready({ volumeSnapshot: 'nightly' }), {
      for: limits.staysUnchanged,
      after: reported,
    })
  },
)
