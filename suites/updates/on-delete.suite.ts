import { expect } from 'vitest'
import {
  changeObserved,
  conformance,
  podGone,
  podsReady,
  restart,
  revisionsAre,
  selectorOf,
  statefulSet,
  together,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'updates/on-delete',
    statement:
      'With update strategy OnDelete, a new template does not change existing Pods. Each Pod gets the new template after it is deleted.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'update-strategies' },
    requires: [],
    mutants: ['update-strategy-rolling'],
    proves: { 'update.ondelete': { untouched: 'untouched', deleted: ['untouched', 'deleted-alone'] } },
  },
  async ({ namespace, observe, limits, cluster, mark }) => {
    const web = statefulSet('web', { cluster, replicas: 3, spec: { updateStrategy: { type: 'OnDelete' } } })
    const pods = await observe.pods(selectorOf(web))
    const sets = await observe.statefulSets()
    const workload = together(pods, sets)
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })

    const changed = await namespace.patch(web, restart('once'))
    await until(sets, changeObserved(changed), { within: limits.statefulSetScaled })
    const observed = mark('template observed')
    const untouched = revisionsAre({ statefulSet: 'web', updated: [], outdated: ['web-0', 'web-1', 'web-2'] })
    await expect(workload).toStay(untouched, { for: limits.staysUnchanged, after: observed, as: 'untouched' })
    await namespace.delete({ kind: 'Pod', name: 'web-1' })
    await until(pods, podGone({ pod: 'web-1' }), { within: limits.podDeleted })

    const oneUpdated = revisionsAre({ statefulSet: 'web', updated: ['web-1'], outdated: ['web-0', 'web-2'] })
    await expect(workload).toReach(oneUpdated, { within: limits.podReady, as: 'deleted-alone' })
    const updated = mark('the deleted Pod updated')
    await expect(workload).toStay(oneUpdated, { for: limits.staysUnchanged, after: updated, as: 'deleted-alone' })
  },
)
