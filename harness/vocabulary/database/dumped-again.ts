import type { Judgement } from '../../engine/judge/check.ts'
import type { Tree } from '../data/tree.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** Dumps of the same rows: two compressed ones in turn, and one as text, by path in a tree. */
export interface DumpsInTree {
  readonly tree: MeasurementName
  readonly first: string
  readonly second: string
  readonly plain: string
}

/** How much smaller than the first, in parts of it, a dump may be that is not an increment. */
const leeway = 0.1

/** A compressed dump is smaller than text, and the next one is as large again: it holds everything once more. */
export const dumpedAgain = defineCheck<DumpsInTree>({
  name: 'dumped-anew',
  reads: [],
  describe: ({ first, second, plain }) => `${first} is smaller than ${plain}, and ${second} as large as ${first}`,
  judge,
})

function judge({ tree, ...names }: DumpsInTree, history: readonly HistoryEntry[]): Judgement {
  const entry = measurementOf(history, { what: 'tree', label: tree.label, subject: tree.pod })
  const entries = (entry?.value as Tree | undefined)?.entries ?? []
  const sizeOf = (path: string) => entries.find((one) => one.path === path)?.size ?? 0
  const [first, second, plain] = [names.first, names.second, names.plain].map(sizeOf) as [number, number, number]
  if (entry === undefined || first === 0 || second === 0 || plain === 0)
    return inconclusive(`Not all dumps are in Pod ${tree.pod} (${tree.label}).`, entry && [entry.seq])
  const reason = {
    expected: `${names.second} about as large as ${names.first}, both smaller than ${names.plain}`,
    actual: `${first}, ${second} and ${plain} bytes`,
    entries: [entry],
  }
  if (first >= plain) return violated(`Dump ${names.first} is not compressed: it has ${first} bytes, ${names.plain} has ${plain}.`, reason)
  if (second < first * (1 - leeway))
    return violated(`Dump ${names.second} has ${second} bytes, ${names.first} of the same rows has ${first}.`, reason)
  return { outcome: 'upheld', evaluated: entries.length }
}
