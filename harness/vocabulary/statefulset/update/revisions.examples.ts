import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './revisions.ts'
import { historyOf, type LiteralEntry, podStatus, seen } from '../../../engine/history/literal.ts'

const params = { statefulSet: 'web', updated: ['web-1'], outdated: ['web-0'] }

const web = (observedGeneration: number) =>
  seen('StatefulSet', 'web', { generation: 2, status: { observedGeneration, currentRevision: 'a', updateRevision: 'b' } })

function pod(name: string, revision: string, status: object = podStatus.ready): LiteralEntry {
  return seen('Pod', name, { labels: { 'controller-revision-hash': revision }, status })
}

export const revisionsAre = {
  holds: [{ title: 'one of each', params, history: historyOf(web(2), pod('web-1', 'b'), pod('web-0', 'a')) }],
  not: [
    { title: 'both of the new one', params, history: historyOf(web(2), pod('web-1', 'b'), pod('web-0', 'b')) },
    { title: 'both of the old one', params, history: historyOf(web(2), pod('web-1', 'a'), pod('web-0', 'a')) },
    { title: 'one not Ready', params, history: historyOf(web(2), pod('web-1', 'b', podStatus.pending), pod('web-0', 'a')) },
    { title: 'the controller has not looked yet', params, history: historyOf(web(1), pod('web-1', 'b'), pod('web-0', 'a')) },
  ],
} satisfies Examples<typeof conditions.revisionsAre>

export const generationObserved = {
  holds: [{ title: 'read', params: { statefulSet: 'web', generation: 2 }, history: historyOf(web(2)) }],
  not: [
    { title: 'an older one read', params: { statefulSet: 'web', generation: 2 }, history: historyOf(web(1)) },
    { title: 'never seen', params: { statefulSet: 'web', generation: 2 }, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.generationObserved>

const owners = [{ kind: 'StatefulSet', name: 'web', uid: 'uid-of-web' }]
const revision = (name: string, number: number) => seen('ControllerRevision', name, { owners, revision: number })
const kept = { statefulSet: 'web', revisions: [2, 3] }

export const revisionsKept = {
  holds: [
    { title: 'these', params: kept, history: historyOf(revision('b', 3), revision('a', 2)) },
    {
      title: 'another is gone',
      params: kept,
      history: historyOf(
        revision('a', 2),
        revision('b', 3),
        revision('c', 1),
        seen('ControllerRevision', 'c', { event: 'DELETED', owners }),
      ),
    },
  ],
  not: [
    { title: 'one more', params: kept, history: historyOf(revision('c', 1), revision('a', 2), revision('b', 3)) },
    { title: 'none', params: kept, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.revisionsKept>

const oldest = { statefulSet: 'web', revision: 1 }
const oldestDeleted = seen('ControllerRevision', 'c', { event: 'DELETED', owners, revision: 1 })

export const revisionDeleted = {
  holds: [{ title: 'deleted', params: oldest, history: historyOf(revision('c', 1), revision('a', 2), oldestDeleted) }],
  not: [
    { title: 'still there', params: oldest, history: historyOf(revision('c', 1), revision('a', 2)) },
    {
      title: 'another one deleted',
      params: { ...oldest, revision: 2 },
      history: historyOf(revision('c', 1), revision('a', 2), oldestDeleted),
    },
  ],
} satisfies Examples<typeof conditions.revisionDeleted>
