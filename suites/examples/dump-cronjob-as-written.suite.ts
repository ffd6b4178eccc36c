import { expect } from 'vitest'
import {
  conformance,
  createAsWritten,
  databaseClient,
  dumpsAre,
  dumpsIn,
  jobComplete,
  jobFrom,
  jobWaiting,
  passwordSecret,
  podReady,
  postgresIn,
  postgresService,
  postgresSet,
  pvc,
  requestDenied,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'examples/dump-cronjob-as-written',
    statement:
      'The Pod of a dump CronJob waits for the Secret and the PVC that it names. With them, it dumps, and its Job is Complete although the image has no upload tool.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/job/', section: 'handling-pod-and-container-failures' },
    requires: ['DynamicProvisioning', 'PostgreSQL', 'BackupTools'],
    mutants: ['scripts-made-strict', 'jobs-do-nothing'],
    proves: {
      'manifest.pgdump-cronjob': { 'no-objects': 'waits', 'no-tool': ['complete', 'no-command'], dumped: ['complete', 'dumped'] },
    },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, mark, sizes } = fixtures
    const secret = passwordSecret('postgres')
    const dumps = dumpsIn('keeper', fixtures)
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    await namespace.apply(secret)
    await namespace.apply(postgresService('postgres'))
    await namespace.apply(postgresSet('postgres', { cluster, replicas: 1, size: sizes.small, secret: 'postgres' }))
    await until(pods, podReady({ pod: 'postgres-0' }), { within: limits.podReady })

    await createAsWritten('dump-cronjob', fixtures)
    // Its hour may come.
    await namespace.patch({ kind: 'CronJob', name: 'postgres-backup' }, { spec: { suspend: true } })
    await namespace.apply(jobFrom(await namespace.read({ kind: 'CronJob', name: 'postgres-backup' }), 'by-hand'))
    await until(pods, jobWaiting({ job: 'by-hand' }), { within: limits.podReady })
    const waiting = mark('without Secret and PVC')
    await expect(pods).toStay(jobWaiting({ job: 'by-hand' }), { for: limits.staysUnchanged, after: waiting, as: 'waits' })
    await namespace.apply({ ...secret, metadata: { name: 'postgres-secret' } })
    await namespace.apply(pvc('backup-pvc', { cluster, size: sizes.small }))
    await expect(jobs).toReach(jobComplete({ job: 'by-hand' }), { within: limits.jobRetried, as: 'complete' })
    const client = { cluster, host: 'postgres', secret: 'postgres', application: 'backupTools' } as const
    await namespace.apply(databaseClient('keeper', { ...client, mounts: { '/dumps': 'backup-pvc' } }))
    await until(pods, podReady({ pod: 'keeper' }), { within: limits.podReady })

    const found = await dumps.read('after the Job')
    const uploadTool = await postgresIn('postgres-0', fixtures).hasCommand('aws')
    await expect(history).toUphold(dumpsAre({ found, whole: 1, hollow: 0 }), { as: 'dumped' })
    await expect(history).toUphold(requestDenied({ attempt: uploadTool }), { as: 'no-command' })
  },
)
