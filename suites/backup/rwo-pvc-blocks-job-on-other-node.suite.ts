import { expect } from 'vitest'
import {
  conformance,
  job,
  jobComplete,
  jobScheduled,
  jobWaiting,
  looksAtFiles,
  passwordSecret,
  podReady,
  postgresPod,
  pvc,
  twoWorkers,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'backup/rwo-pvc-blocks-job-on-other-node',
    statement:
      'A Job Pod that mounts the ReadWriteOnce PVC of a running database waits on another node and runs on the same node. With a PVC of its own, or once the database is gone, it runs on the other node.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'MovableVolumes', 'VolumeAttachments', 'PostgreSQL'],
    mutants: ['pvcs-shared'],
    proves: { 'backup.backup-volume-rwo-scheduling': { beside: 'beside', own: 'own', elsewhere: ['waits', 'in-turn'] } },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, limits, cluster, mark, sizes } = fixtures
    const [here, elsewhere] = twoWorkers(cluster)
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    await observe.podEvents()
    await observe.pvcs()
    await namespace.apply(passwordSecret('db'))
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pvc('own', { cluster, size: sizes.small }))
    await namespace.apply(postgresPod('db', { cluster, pvc: 'data', secret: 'db', node: here }))
    await until(pods, podReady({ pod: 'db' }), { within: limits.podReady })

    await namespace.apply(job('elsewhere', { ...looksAtFiles({ cluster, pvc: 'data' }), node: elsewhere }))
    await until(pods, jobScheduled({ job: 'elsewhere' }), { within: limits.jobEnded })
    const scheduled = mark('the Job elsewhere has a node')
    await namespace.apply(job('beside', { ...looksAtFiles({ cluster, pvc: 'data' }), node: here }))
    await namespace.apply(job('with-its-own', { ...looksAtFiles({ cluster, pvc: 'own' }), node: elsewhere }))
    await expect(jobs).toReach(jobComplete({ job: 'beside' }), { within: limits.jobEnded, as: 'beside' })
    await expect(jobs).toReach(jobComplete({ job: 'with-its-own' }), { within: limits.jobEnded, as: 'own' })

    await expect(pods).toStay(jobWaiting({ job: 'elsewhere' }), { for: limits.staysUnchanged, after: scheduled, as: 'waits' })
    await namespace.delete({ kind: 'Pod', name: 'db' })
    await expect(jobs).toReach(jobComplete({ job: 'elsewhere' }), { within: limits.jobRetried, as: 'in-turn' })
  },
)
