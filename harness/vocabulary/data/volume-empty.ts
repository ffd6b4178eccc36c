import type { Judgement } from '../../engine/judge/check.ts'
import { isEmptyTree, type Tree } from './tree.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** Where a tree was read. */
export interface Found {
  readonly found: MeasurementName
}

/** A volume holds nothing. */
export const volumeEmpty = defineCheck<Found>({
  name: 'volume-empty',
  reads: [],
  describe: ({ found }) => `the volume of Pod ${found.pod} (${found.label}) is empty`,
  judge,
})

function judge({ found }: Found, history: readonly HistoryEntry[]): Judgement {
  const entry = measurementOf(history, { what: 'tree', label: found.label, subject: found.pod })
  if (entry === undefined) return inconclusive(`The tree of Pod ${found.pod} (${found.label}) was never read.`)
  const tree = entry.value as Tree
  if (tree.entries.length === 0) return inconclusive(`Pod ${found.pod} (${found.label}) has no directory ${tree.root}.`, [entry.seq])
  if (isEmptyTree(tree)) return { outcome: 'upheld', evaluated: tree.entries.length }
  const paths = tree.entries.map(({ path }) => path).filter((path) => path !== '.')
  return violated(
    `Volume of Pod ${found.pod} (${found.label}) holds ${paths.length} files and directories though it is new: first ${paths[0]}.`,
    {
      expected: 'nothing',
      actual: paths.slice(0, 20).join('\n'),
      entries: [entry],
    },
  )
}
