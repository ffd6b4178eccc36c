import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import type * as checks from './available-anew.ts'
import { gap, historyOf, type LiteralEntry, podReady, podRunning, seen } from '../../../engine/history/literal.ts'

const params = { statefulSet: 'web', seconds: 5 }

/** What the API server stored at a second, and this process saw then. */
interface Moment {
  readonly second: number
  readonly entry: LiteralEntry
}

const time = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString()
const at = (second: number, entry: LiteralEntry): Moment => ({ second, entry })
const second = seen('Pod', 'web-1', { event: 'ADDED' })
const ready = podReady('web-0')
const notReady = podRunning('web-0')

function during(...moments: readonly Moment[]): readonly HistoryEntry[] {
  const entries = historyOf(...moments.map(({ entry }) => entry))
  return entries.map((entry, place) => {
    const stored = time(moments[place]?.second ?? 0)
    if (entry.type !== 'observation') return { ...entry, at: stored }
    const { object } = entry
    const metadata = { ...object.metadata, ...(entry.event === 'ADDED' && { creationTimestamp: stored }) }
    return { ...entry, at: stored, writtenAt: stored, object: { ...object, metadata } }
  })
}

const twice = [at(10, ready), at(12, notReady), at(15, ready)] as const

export const availableAnew = {
  upholds: [
    { title: 'once Ready for its time again', params, history: during(...twice, at(20, second)) },
    {
      title: 'not Ready twice',
      params,
      history: during(...twice, at(16, notReady), at(18, ready), at(24, second)),
    },
  ],
  rejects: [
    { title: 'its time went on', params, history: during(...twice, at(16, second)) },
    { title: 'while not Ready', params, history: during(at(10, ready), at(12, notReady), at(18, second)) },
    { title: 'its time went on from the first of two', params, history: during(...twice, at(16, notReady), at(18, ready), at(20, second)) },
  ],
  gaps: [
    { title: 'never not Ready', params, history: during(at(10, ready), at(16, second)) },
    { title: 'never Ready before', params, history: during(at(8, notReady), at(10, ready), at(16, second)) },
    { title: 'no second Pod', params, history: during(...twice) },
    { title: 'too soon after it was Ready again to tell', params, history: during(...twice, at(17, second)) },
    {
      title: 'by its first time as well',
      params,
      history: during(at(10, ready), at(11, notReady), at(12, ready), at(17, second)),
    },
    { title: 'it may have been not Ready again', params, history: during(...twice, at(15, gap('Pod')), at(20, second)) },
  ],
} satisfies Examples<typeof checks.availableAnew>
