import type { Judgement } from '../../engine/judge/check.ts'
import type { Tree } from './tree.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** Where a tree was read, and the id of the group to which it is to belong. */
export interface GroupOwned {
  readonly found: MeasurementName
  readonly group: number
}

/** Everything in a volume belongs to one group. */
export const groupOwned = defineCheck<GroupOwned>({
  name: 'group-owned',
  reads: [],
  describe: ({ found, group }) => `the volume of Pod ${found.pod} (${found.label}) belongs to group ${group}`,
  judge,
})

function judge({ found, group }: GroupOwned, history: readonly HistoryEntry[]): Judgement {
  const entry = measurementOf(history, { what: 'tree', label: found.label, subject: found.pod })
  if (entry === undefined) return inconclusive(`The tree of Pod ${found.pod} (${found.label}) was never read.`)
  const { entries } = entry.value as Tree
  const others = entries.filter(({ gid }) => gid !== group)
  const [first] = others
  if (first === undefined) return { outcome: 'upheld', evaluated: entries.length }
  return violated(
    `Volume of Pod ${found.pod} (${found.label}) does not belong to group ${group}: ${others.length} of ${entries.length} files are of another, first ${first.path}.`,
    { expected: `group ${group}`, actual: `group ${first.gid}`, entries: [entry] },
  )
}
