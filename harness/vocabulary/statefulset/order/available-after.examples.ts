import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import type * as checks from './available-after.ts'
import { gap, historyOf, type LiteralEntry, podReady, seen } from '../../../engine/history/literal.ts'

const params = { statefulSet: 'web', seconds: 5 }

const web = (readyReplicas: number, availableReplicas: number) =>
  seen('StatefulSet', 'web', { status: { readyReplicas, availableReplicas } })

/** A Pod that the API server made at a second. */
function createdAt(name: string, second: string): LiteralEntry {
  const added = seen('Pod', name, { event: 'ADDED' })
  if (added.type !== 'observation') return added
  const { metadata } = added.object
  return { ...added, object: { metadata: { ...metadata, creationTimestamp: `2026-01-01T00:00:${second}Z` } } }
}

/** A history whose entries from one on were seen some seconds later. */
function later(seconds: number, { from, history }: { readonly from: number; readonly history: readonly HistoryEntry[] }) {
  return history.map((entry) =>
    entry.seq < from ? entry : { ...entry, at: new Date(Date.parse(entry.at) + seconds * 1000).toISOString() },
  )
}

/** What the API server stored at a second. */
function writtenAt(second: string, entry: LiteralEntry): LiteralEntry {
  return entry.type === 'observation' ? { ...entry, writtenAt: `2026-01-01T00:00:${second}Z` } : entry
}

const counted = (second: string) => writtenAt(second, web(1, 1))
const first = createdAt('web-0', '10')
const ready = podReady('web-0')

export const availableAfter = {
  upholds: [
    {
      title: 'after its time',
      params,
      history: later(5, { from: 3, history: historyOf(first, ready, web(1, 0), createdAt('web-1', '17'), counted('17')) }),
    },
    {
      title: 'Ready was seen a moment late',
      params,
      history: later(3.5, { from: 3, history: historyOf(first, ready, web(1, 0), createdAt('web-1', '16'), counted('16')) }),
    },
    {
      title: 'Ready was seen too late to tell, but stored in time',
      params,
      history: historyOf(first, writtenAt('12', ready), web(1, 0), createdAt('web-1', '17'), counted('17')),
    },
  ],
  rejects: [
    { title: 'too early', params, history: historyOf(first, ready, web(1, 0), createdAt('web-1', '14')) },
    {
      title: 'counted too early, the next made in time',
      params,
      history: later(5, { from: 4, history: historyOf(first, ready, web(1, 0), counted('14'), createdAt('web-1', '17')) }),
    },
  ],
  gaps: [
    {
      title: 'the status may have changed unseen',
      params,
      history: later(5, { from: 3, history: historyOf(gap('StatefulSet'), first, ready, createdAt('web-1', '17')) }),
    },
    {
      title: 'never counted as available',
      params,
      history: later(5, { from: 3, history: historyOf(first, ready, web(1, 0), createdAt('web-1', '17')) }),
    },
    {
      title: 'counted too soon after Ready was seen to tell',
      params,
      history: later(5, { from: 4, history: historyOf(first, ready, web(1, 0), counted('17'), createdAt('web-1', '17')) }),
    },
    {
      title: 'never seen Ready and not available',
      params,
      history: later(5, { from: 3, history: historyOf(first, ready, web(0, 0), createdAt('web-1', '17'), counted('17')) }),
    },
    { title: 'Ready was seen too late to tell', params, history: historyOf(first, ready, web(1, 0), createdAt('web-1', '20')) },
    {
      title: 'Ready was seen and stored too late to tell',
      params,
      history: historyOf(first, writtenAt('15', ready), web(1, 0), createdAt('web-1', '17')),
    },
    {
      title: 'Ready was stored too late to tell by whole seconds',
      params,
      history: historyOf(first, writtenAt('14', ready), web(1, 0), createdAt('web-1', '17')),
    },
    { title: 'the first was never seen Ready', params, history: historyOf(first, createdAt('web-1', '17')) },
    { title: 'no other was made', params, history: historyOf(first, ready, web(1, 0)) },
  ],
} satisfies Examples<typeof checks.availableAfter>
