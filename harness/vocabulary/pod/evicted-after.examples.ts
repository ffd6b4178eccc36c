import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './evicted-after.ts'
import { gap, historyOf, type LiteralEntry, podReady, seen } from '../../engine/history/literal.ts'

const params = { pod: 'app', node: 'one' }
const start = 1_700_000_000_000
const time = (seconds: number) => new Date(start + seconds * 1000).toISOString()
const lost = seen('Node', 'one', {
  spec: { taints: [{ key: 'node.kubernetes.io/unreachable', effect: 'NoExecute', timeAdded: time(0) }] },
})

/** The Pod marked for deletion so many seconds after its node was lost, with 10 s for its end. */
function marked(seconds: number): LiteralEntry {
  const entry = podReady('app')
  if (entry.type !== 'observation') return entry
  const metadata = { ...entry.object.metadata, deletionTimestamp: time(seconds + 10), deletionGracePeriodSeconds: 10 }
  return { ...entry, object: { ...entry.object, metadata } }
}

/** The same history as it ends so many seconds later. */
const later = (seconds: number, history: ReturnType<typeof historyOf>) => [
  ...history,
  { seq: history.length, at: time(seconds), type: 'mark', name: 'in the end' } as const,
]

export const evictedAfterFiveMinutes = {
  upholds: [
    { title: 'five minutes later', params, history: historyOf(podReady('app'), lost, marked(300)) },
    { title: 'by a controller that is busy', params, history: historyOf(podReady('app'), lost, marked(320)) },
  ],
  rejects: [
    { title: 'sooner', params, history: historyOf(podReady('app'), lost, marked(5)) },
    { title: 'much later', params, history: historyOf(podReady('app'), lost, marked(400)) },
    { title: 'not at all', params, history: later(400, historyOf(podReady('app'), lost)) },
  ],
  gaps: [
    { title: 'the node was not lost', params, history: historyOf(podReady('app'), seen('Node', 'one')) },
    { title: 'the node was lost for a while only', params, history: later(60, historyOf(podReady('app'), lost)) },
    { title: 'no Pod', params, history: historyOf(lost) },
    { title: 'a deletion may have been missed', params, history: historyOf(podReady('app'), lost, gap('Pod')) },
  ],
} satisfies Examples<typeof checks.evictedAfterFiveMinutes>
