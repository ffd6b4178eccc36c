import type { Judgement } from '../../engine/judge/check.ts'
import type { Answered } from '../service/answer.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { describeMeasurement, type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** What was said by programs that looked for damage in databases. */
export interface DamageReadings {
  readonly looks: readonly MeasurementName[]
}

/** A program that looks for damage in a database, at every table and index of it, found none. */
export const undamaged = defineCheck<DamageReadings>({
  name: 'undamaged',
  reads: [],
  describe: ({ looks }) => `no damage in the tables and indexes of ${looks.map(describeMeasurement).join(', ')}`,
  judge,
})

function judge({ looks }: DamageReadings, history: readonly HistoryEntry[]): Judgement {
  const found = looks.map((look) => ({ look, entry: measurementOf(history, { what: 'damage', label: look.label, subject: look.pod }) }))
  const unseen = found.find(({ entry }) => answerOf(entry)?.outcome !== 'done' && !isDamaged(entry))
  if (unseen !== undefined)
    return inconclusive(`Nobody could look for damage in ${describeMeasurement(unseen.look)}.`, unseen.entry && [unseen.entry.seq])
  const damaged = found.filter(({ entry }) => isDamaged(entry))
  const [first] = damaged
  if (first === undefined) return { outcome: 'upheld', evaluated: found.length }
  const said = answerOf(first.entry)?.said.split('\n') ?? []
  const among = found.length === 1 ? '' : ` (${damaged.length} of ${found.length} databases)`
  return violated(
    `Database in ${describeMeasurement(first.look)} is damaged: ${said.slice(0, 2).join(' ').replaceAll(/\s+/gu, ' ').slice(0, 160)}${among}.`,
    {
      expected: 'no damage',
      actual: said.slice(0, 20).join('\n'),
      entries: damaged.flatMap(({ entry }) => (entry === undefined ? [] : [entry])),
    },
  )
}

function answerOf(entry: Measurement | undefined): Answered | undefined {
  return entry?.value as Answered | undefined
}

function isDamaged(entry: Measurement | undefined): boolean {
  return answerOf(entry)?.outcome === 'refused'
}
