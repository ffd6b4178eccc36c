import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './back-in-time.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { gap, historyOf, type LiteralEntry, podAdded, podReady } from '../../engine/history/literal.ts'

const params = { deployment: 'app', than: 'app-1', node: 'one' }
const lost: LiteralEntry = { type: 'act', actId: '1', verb: 'stop-node', subject: { kind: 'Node', name: 'one' }, phase: 'requested' }
const before = historyOf(podReady('app-1'), lost)

/** What is seen so many seconds after the node was lost. */
function then(seconds: number, entry: LiteralEntry): readonly HistoryEntry[] {
  const at = new Date(Date.parse(before[1]?.at ?? '') + seconds * 1000).toISOString()
  return [...before, ...historyOf(entry).map((one) => ({ ...one, seq: before.length, at }))]
}

export const backInTime = {
  upholds: [{ title: 'after six minutes', params, history: then(360, podReady('app-2')) }],
  rejects: [
    { title: 'at once', params, history: then(20, podReady('app-2')) },
    { title: 'after an hour', params, history: then(3600, podReady('app-2')) },
    { title: 'not at all', params, history: then(3600, podAdded('app-2')) },
    { title: 'another Deployment', params, history: then(3600, podReady('shop-1')) },
  ],
  gaps: [
    { title: 'not lost', params, history: historyOf(podReady('app-1'), podReady('app-2')) },
    { title: 'not yet', params, history: then(360, podAdded('app-2')) },
    { title: 'a Pod may have been missed', params, history: then(360, gap('Pod')) },
  ],
} satisfies Examples<typeof checks.backInTime>
