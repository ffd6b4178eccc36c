import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './ended-within.ts'
import type { LiteralEntry } from '../../engine/history/literal.ts'
import { gap, historyOf, podReady, seen } from '../../engine/history/literal.ts'

const params = { pod: 'stubborn', exitCode: 137, atLeast: 30, atMost: 45 }

function ended(finishedAt: string, exitCode = 137, grace = 30): LiteralEntry {
  const status = { phase: 'Running', containerStatuses: [{ state: { terminated: { finishedAt, exitCode } } }] }
  const entry = seen('Pod', 'stubborn', { status })
  if (entry.type !== 'observation') return entry
  const metadata = { ...entry.object.metadata, deletionTimestamp: '2026-01-01T00:00:30Z', deletionGracePeriodSeconds: grace }
  return { ...entry, object: { ...entry.object, metadata } }
}

export const endedWithin = {
  upholds: [
    { title: 'at the end', params, history: historyOf(podReady('stubborn'), ended('2026-01-01T00:00:31Z')) },
    {
      title: 'deleted once more in the end',
      params,
      history: historyOf(ended('2026-01-01T00:00:31Z'), ended('2026-01-01T00:00:31Z', 137, 0)),
    },
    { title: 'a second less by rounding', params, history: historyOf(ended('2026-01-01T00:00:29Z')) },
  ],
  rejects: [
    { title: 'too soon', params, history: historyOf(ended('2026-01-01T00:00:05Z')) },
    { title: 'too late', params, history: historyOf(ended('2026-01-01T00:00:55Z')) },
    { title: 'by itself', params, history: historyOf(ended('2026-01-01T00:00:31Z', 0)) },
  ],
  gaps: [
    { title: 'its end was not seen', params, history: historyOf(podReady('stubborn')) },
    { title: 'perhaps another end', params, history: historyOf(ended('2026-01-01T00:00:31Z'), gap('Pod')) },
  ],
} satisfies Examples<typeof checks.endedWithin>
