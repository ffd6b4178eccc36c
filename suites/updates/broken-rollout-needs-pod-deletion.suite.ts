import { expect } from 'vitest'
import {
  changeObserved,
  conformance,
  missingImage,
  otherImage,
  podNotStarted,
  podsReady,
  revisionsAre,
  selectorOf,
  statefulSet,
  staysTheSamePod,
  together,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'updates/broken-rollout-needs-pod-deletion',
    statement:
      'A rolling update stops at the first Pod that does not start. Restoring the old template does not repair that Pod, and deleting it does.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'forced-rollback' },
    requires: [],
    mutants: ['parallel-pod-management'],
    proves: { 'update.broken-rollout-needs-manual-delete': { 'not-repaired': 'not-repaired', deleted: 'deletion-repairs' } },
  },
  async ({ namespace, observe, history, limits, cluster, mark }) => {
    const web = statefulSet('web', { cluster, replicas: 2 })
    const pods = await observe.pods(selectorOf(web))
    const sets = await observe.statefulSets()
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetReady })

    await namespace.patch(web, otherImage(web, missingImage))
    await until(pods, podNotStarted({ pod: 'web-1' }), { within: limits.podDeleted })
    const { template } = web.spec
    const reverted = await namespace.patch(web, { spec: { template } })
    await until(sets, changeObserved(reverted), { within: limits.statefulSetScaled })
    const observed = mark('old template observed')
    await expect(pods).toStay(podNotStarted({ pod: 'web-1' }), { for: limits.staysUnchanged, after: observed, as: 'not-repaired' })
    await namespace.delete({ kind: 'Pod', name: 'web-1' })
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.podReady })

    const back = revisionsAre({ statefulSet: 'web', updated: ['web-0', 'web-1'], outdated: [] })
    await expect(together(pods, sets)).toReach(back, { within: limits.statefulSetScaled, as: 'deletion-repairs' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'web-0', restarts: 'none' }))
  },
)
