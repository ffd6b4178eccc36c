import { expect } from 'vitest'
import {
  conformance,
  job,
  jobComplete,
  jobFailed,
  jobWithoutPods,
  neverCreated,
  pod,
  pvc,
  pvcsBound,
  snapshotAccess,
  snapshotRequest,
  together,
  until,
  volumeSnapshot,
  volumeSnapshotRefused,
  volumeSnapshotUnready,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/job-completes-before-snapshot',
    statement:
      'A Job that creates a VolumeSnapshot without waiting for it is Complete even if no snapshot is ever taken. Without a Role that allows it the Job Failed, and none is created.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'volumesnapshots' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots'],
    mutants: ['snapshot-class-ignored'],
    proves: {
      'snapshot.job-success-is-not-ready': { complete: 'complete', 'no-snapshot': ['error', 'never-ready'] },
      'snapshot.cronjob-needs-rbac': {
        'no-role': ['denied', 'nothing-created', 'complete'],
        'no-account': ['no-pod', 'nothing-created', 'complete'],
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const [account, role, binding] = snapshotAccess()
    const pvcs = await observe.pvcs()
    const jobs = together(await observe.jobs(), await observe.pods())
    const volumeSnapshots = await observe.volumeSnapshots()
    await namespace.apply(account)
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('user', { cluster, pvc: 'data' }))
    await until(pvcs, pvcsBound({ pvcs: ['data'] }), { within: limits.pvcBound })

    const denied = volumeSnapshot('denied', { cluster, of: 'data' })
    const missing = snapshotRequest({ cluster, volumeSnapshot: denied, serviceAccount: 'no-such-account' })
    await namespace.apply(job('without-account', missing))
    await namespace.apply(job('without-role', snapshotRequest({ cluster, volumeSnapshot: denied })))
    await expect(jobs).toReach(jobFailed({ job: 'without-role' }), { within: limits.jobEnded, as: 'denied' })
    await namespace.apply(role)
    await namespace.apply(binding)
    const nightly = volumeSnapshot('nightly', { cluster, of: 'data', snapshotClass: 'no-such-class' })
    await namespace.apply(job('backup', snapshotRequest({ cluster, volumeSnapshot: nightly })))
    await expect(jobs).toReach(jobComplete({ job: 'backup' }), { within: limits.jobEnded, as: 'complete' })
    const reported = mark('success reported')

    const failed = volumeSnapshotRefused({ volumeSnapshot: 'nightly' })
    await expect(volumeSnapshots).toReach(failed, { within: limits.volumeSnapshotReady, as: 'error' })
    await expect(volumeSnapshots).toStay(volumeSnapshotUnready({ volumeSnapshot: 'nightly' }), {
      for: limits.staysUnchanged,
      after: reported,
      as: 'never-ready',
    })
    await expect(jobs).toStay(jobWithoutPods({ job: 'without-account' }), { for: limits.staysUnchanged, after: reported, as: 'no-pod' })
    await expect(history).toUphold(neverCreated({ kind: 'VolumeSnapshot', name: 'denied' }), { as: 'nothing-created' })
  },
)
