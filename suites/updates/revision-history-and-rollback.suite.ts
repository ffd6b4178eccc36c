import { expect } from 'vitest'
import {
  changeObserved,
  conformance,
  fieldIs,
  oldRevisionsKept,
  restart,
  restartOf,
  revisionDeleted,
  revisionsAre,
  revisionsKept,
  selectorOf,
  statefulSet,
  templateOf,
  together,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'updates/revision-history-and-rollback',
    statement: 'A StatefulSet keeps as many old revisions as its revisionHistoryLimit says, and can be rolled back to one of them.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'revision-history' },
    requires: [],
    mutants: ['revision-history-dropped'],
    proves: { 'update.history-and-undo': { kept: ['old-kept', 'newest-kept'], restored: ['template-back', 'restart-of-then'] } },
  },
  async ({ namespace, observe, history, limits, cluster, mark }) => {
    const web = statefulSet('web', { cluster, replicas: 1, spec: { revisionHistoryLimit: 1 } })
    const workload = together(await observe.pods(selectorOf(web)), await observe.statefulSets())
    const revisions = await observe.kind({
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      plural: 'controllerrevisions',
      namespaced: true,
    })
    const updated = revisionsAre({ statefulSet: 'web', updated: ['web-0'], outdated: [] })
    await namespace.apply(web)
    await until(workload, updated, { within: limits.podReady })

    const first = await namespace.patch(web, restart('first'))
    await until(workload, changeObserved(first), { within: limits.statefulSetScaled })
    await until(workload, updated, { within: limits.podReady })
    const second = await namespace.patch(web, restart('second'))
    await until(workload, changeObserved(second), { within: limits.statefulSetScaled })
    await until(workload, updated, { within: limits.podReady })
    await until(revisions, revisionDeleted({ statefulSet: 'web', revision: 1 }), { within: limits.objectDeleted })
    await expect(history).toUphold(oldRevisionsKept({ statefulSet: 'web', limit: 1 }), { as: 'old-kept' })
    const kept = revisionsKept({ statefulSet: 'web', revisions: [2, 3] })
    const pruned = mark('history pruned')
    await expect(revisions).toStay(kept, { for: limits.staysUnchanged, after: pruned, as: 'newest-kept' })
    const undone = await namespace.patch(web, await templateOf(history, { statefulSet: 'web', revision: 2 }))
    await until(workload, changeObserved(undone), { within: limits.statefulSetScaled })
    await expect(workload).toReach(updated, { within: limits.podReady, as: 'template-back' })

    await expect(history).toUphold(fieldIs({ kind: 'Pod', name: 'web-0', path: restartOf, value: 'first' }), { as: 'restart-of-then' })
  },
)
