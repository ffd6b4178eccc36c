import { expect } from 'vitest'
import { conformance, failsTwice, job, jobComplete, keptDirectory, oneRestartedPod, pvc } from '../../harness/index.ts'

conformance(
  {
    id: 'backup/job-restart-policy-on-failure',
    statement:
      'A Job with restartPolicy OnFailure restarts a failed container in the same Pod. The Job is Complete after the container succeeds.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/job/', section: 'handling-pod-and-container-failures' },
    requires: ['DynamicProvisioning'],
    mutants: ['job-pods-never-restarted'],
    proves: { 'backup.job-on-failure-retries': { 'in-place': ['complete', 'in-place'] } },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    await observe.pods()
    const jobs = await observe.jobs()
    await namespace.apply(pvc('kept', { cluster, size: sizes.small }))

    const retried = { restartPolicy: 'OnFailure', backoffLimit: 6, mounts: { [keptDirectory]: 'kept' } } as const
    await namespace.apply(job('backup', { image: cluster.workloadImage, script: failsTwice, ...retried }))
    await expect(jobs).toReach(jobComplete({ job: 'backup' }), { within: limits.jobRetried, as: 'complete' })

    await expect(history).toUphold(oneRestartedPod({ job: 'backup', restarts: 2 }), { as: 'in-place' })
  },
)
