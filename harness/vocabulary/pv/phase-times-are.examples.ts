import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './phase-times-are.ts'
import { gap, historyOf, pvcSeen, pvSeen, type LiteralEntry } from '../../engine/history/literal.ts'

const params = { pvc: 'data', next: 'again' }
/** The PVC is deleted at 00:00:00, as `terminating` of the example histories has it. */
const going = pvcSeen('data', { terminating: true })
const volume = (phase: string, time?: string) =>
  pvSeen('pv-of-data', { status: { phase, ...(time !== undefined && { lastPhaseTransitionTime: time }) } })
const [early, then, late] = ['2025-12-31T23:59:00Z', '2026-01-01T00:00:01Z', '2026-01-01T00:05:00Z']
const bound = [volume('Bound', early), volume('Bound', early)] as const
const next = ((entry: LiteralEntry): LiteralEntry =>
  entry.type === 'observation'
    ? { ...entry, object: { ...entry.object, metadata: { ...entry.object.metadata, creationTimestamp: '2026-01-01T00:00:20Z' } } }
    : entry)(pvcSeen('again'))

export const phaseTimesAre = {
  upholds: [
    { title: 'the moment', params, history: historyOf(...bound, going, volume('Released', then), volume('Released', then), next) },
    {
      title: 'the second',
      params,
      history: historyOf(volume('Bound', '2026-01-01T00:00:00Z'), going, volume('Released', '2026-01-01T00:00:00Z'), next),
    },
  ],
  rejects: [
    { title: 'the old time', params, history: historyOf(...bound, going, volume('Released', early), next) },
    { title: 'any later time', params, history: historyOf(...bound, going, volume('Released', late), next) },
    {
      title: 'a later time in one phase',
      params,
      history: historyOf(...bound, volume('Bound', then), going, volume('Released', then), next),
    },
    { title: 'no time', params, history: historyOf(...bound, going, volume('Released'), next) },
  ],
  gaps: [
    { title: 'never Released', params, history: historyOf(...bound, going, next) },
    { title: 'the next PVC was not seen', params, history: historyOf(...bound, going, volume('Released', then)) },
    { title: 'something was missed', params, history: historyOf(...bound, gap('PersistentVolume'), going, volume('Released', then), next) },
  ],
} satisfies Examples<typeof checks.phaseTimesAre>
