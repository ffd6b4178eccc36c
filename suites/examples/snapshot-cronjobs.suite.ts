import { expect } from 'vitest'
import {
  accountWith,
  applyExample,
  conformance,
  createAsWritten,
  jobComplete,
  jobFrom,
  jobWithoutPods,
  newestSnapshots,
  onlyReadyLeft,
  pod,
  pvc,
  pvcsBound,
  snapshotsInTurn,
  until,
  volumeSnapshotReady,
  volumeSnapshotsLeft,
} from '../../harness/index.ts'

conformance(
  {
    id: 'examples/snapshot-cronjobs',
    statement:
      'A Job whose ServiceAccount is missing makes no Pod, and one whose account has no rights may be Complete and take no snapshot. With account and Role, snapshot CronJobs keep the newest ones: of all in the namespace, or of their own series where they select by a label.',
    level: 'MUST',
    source: { page: 'reference/access-authn-authz/rbac/', section: 'service-account-permissions' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'BackupTools'],
    mutants: ['accounts-made-admins', 'snapshots-never-deleted'],
    proves: {
      'manifest.snapshot-and-cronjob-six-hourly': {
        'no-account': 'six-without-account',
        'no-rights': ['without-rights', 'none-taken'],
        ready: ['written-ready', 'six-complete', 'ten-left'],
        ten: ['six-complete', 'ten-left'],
        corrected: ['corrected-six', 'series-of-ten'],
      },
      'manifest.snapshot-cronjob-daily': {
        'no-account': 'daily-without-account',
        seven: ['daily-complete', 'seven-left', 'others-deleted'],
        corrected: ['corrected-daily', 'series-of-seven', 'series-of-ten'],
      },
    },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, mark, sizes } = fixtures
    const rule = {
      apiGroups: ['snapshot.storage.k8s.io'],
      resources: ['volumesnapshots'],
      verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'],
    }
    const [sixAccount, sixRole, sixBinding] = accountWith('snapshot-creator', rule)
    const [dailyAccount, dailyRole, dailyBinding] = accountWith('snapshot-sa', rule)
    const ended = { within: limits.jobRetried }
    const taken = { within: limits.volumeSnapshotReady }
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    const jobs = await observe.jobs()
    const volumeSnapshots = await observe.volumeSnapshots()
    await namespace.apply(pvc('postgres-pvc', { cluster, size: sizes.small }))
    await namespace.apply(pvc('data-postgres-0', { cluster, size: sizes.small }))
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('six-hourly', { cluster, pvc: 'postgres-pvc' }))
    await namespace.apply(pod('daily', { cluster, pvc: 'data-postgres-0' }))
    await namespace.apply(pod('corrected', { cluster, pvc: 'data' }))
    await until(pvcs, pvcsBound({ pvcs: ['postgres-pvc', 'data-postgres-0', 'data'] }), { within: limits.pvcBound })

    await createAsWritten('snapshot-six-hourly', fixtures)
    await createAsWritten('snapshot-daily', fixtures)
    // Their hour may come.
    await namespace.patch({ kind: 'CronJob', name: 'snapshot-creator' }, { spec: { suspend: true } })
    await namespace.patch({ kind: 'CronJob', name: 'daily-snapshot' }, { spec: { suspend: true } })
    const six = await namespace.read({ kind: 'CronJob', name: 'snapshot-creator' })
    const daily = await namespace.read({ kind: 'CronJob', name: 'daily-snapshot' })
    await namespace.apply(jobFrom(six, 'six-without-account'))
    await namespace.apply(jobFrom(daily, 'daily-without-account'))
    const asked = mark('asked for without accounts')
    const waits = { for: limits.staysUnchanged, after: asked } as const
    await expect(pods).toStay(jobWithoutPods({ job: 'six-without-account' }), { ...waits, as: 'six-without-account' })
    await expect(pods).toStay(jobWithoutPods({ job: 'daily-without-account' }), { ...waits, as: 'daily-without-account' })
    await namespace.delete({ kind: 'Job', name: 'daily-without-account' })
    await namespace.delete({ kind: 'Job', name: 'six-without-account' })
    await expect(volumeSnapshots).toReach(volumeSnapshotReady({ volumeSnapshot: 'postgres-snapshot' }), { ...taken, as: 'written-ready' })
    await namespace.apply(sixAccount)
    await namespace.apply(jobFrom(six, 'without-rights'))
    await expect(jobs).toReach(jobComplete({ job: 'without-rights' }), { ...ended, as: 'without-rights' })
    const complete = mark('complete without rights')
    await expect(volumeSnapshots).toStay(volumeSnapshotsLeft({ volumeSnapshots: 1 }), {
      for: limits.staysUnchanged,
      after: complete,
      as: 'none-taken',
    })

    await namespace.apply(sixRole)
    await namespace.apply(sixBinding)
    await snapshotsInTurn('postgres-snapshot', { count: 11, of: 'postgres-pvc', fixtures })
    await namespace.apply(jobFrom(six, 'six'))
    await expect(jobs).toReach(jobComplete({ job: 'six' }), { ...ended, as: 'six-complete' })
    await expect(volumeSnapshots).toReach(onlyReadyLeft({ volumeSnapshots: 11 }), { ...taken, as: 'ten-left' })
    // The one without a number in its name has not the prefix.
    await expect(history).toUphold(newestSnapshots({ of: 'postgres-pvc', taken: 12, kept: 10, prefix: 'postgres-snapshot-' }), {
      as: 'ten-left',
    })
    await namespace.apply(dailyAccount)
    await namespace.apply(dailyRole)
    await namespace.apply(dailyBinding)
    await snapshotsInTurn('daily', { count: 8, of: 'data-postgres-0', fixtures })
    await namespace.apply(jobFrom(daily, 'daily'))
    await expect(jobs).toReach(jobComplete({ job: 'daily' }), { ...ended, as: 'daily-complete' })
    await expect(volumeSnapshots).toReach(onlyReadyLeft({ volumeSnapshots: 7 }), { ...taken, as: 'seven-left' })
    await expect(history).toUphold(newestSnapshots({ of: 'data-postgres-0', taken: 9, kept: 7 }), { as: 'seven-left' })
    await expect(history).toUphold(newestSnapshots({ of: 'postgres-pvc', taken: 12, kept: 0 }), { as: 'others-deleted' })

    await applyExample('snapshot-cronjobs', fixtures)
    await snapshotsInTurn('six-hourly', { count: 10, of: 'data', labels: { series: 'six-hourly' }, fixtures })
    await namespace.apply(jobFrom(await namespace.read({ kind: 'CronJob', name: 'snapshot-six-hourly' }), 'corrected-six'))
    await expect(jobs).toReach(jobComplete({ job: 'corrected-six' }), { ...ended, as: 'corrected-six' })
    await snapshotsInTurn('daily-of-data', { count: 7, of: 'data', labels: { series: 'daily' }, fixtures })
    await namespace.apply(jobFrom(await namespace.read({ kind: 'CronJob', name: 'snapshot-daily' }), 'corrected-daily'))
    await expect(jobs).toReach(jobComplete({ job: 'corrected-daily' }), { ...ended, as: 'corrected-daily' })
    await expect(volumeSnapshots).toReach(onlyReadyLeft({ volumeSnapshots: 24 }), { ...taken, as: 'series-of-ten' })
    await expect(history).toUphold(newestSnapshots({ of: 'data', taken: 11, kept: 10, labels: { series: 'six-hourly' } }), {
      as: 'series-of-ten',
    })
    await expect(history).toUphold(newestSnapshots({ of: 'data', taken: 8, kept: 7, labels: { series: 'daily' } }), {
      as: 'series-of-seven',
    })
  },
)
