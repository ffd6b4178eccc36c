import type { Judgement } from '../../engine/judge/check.ts'
import { compareTrees, describeDifference, type Forgotten, isEmptyTree, type Tree, type TreeDifference, withoutForgotten } from './tree.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { describeMeasurement, type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** Two trees that are to be equal. */
export interface TreePair {
  readonly expected: MeasurementName
  readonly actual: MeasurementName
  /** What may differ, because the way from one to the other does not promise it. */
  readonly forgets?: readonly Forgotten[]
}

/** How many differences the sentence names, and how many are listed below it. */
const named = 3
const listed = 20

/** Fields by how much a difference in them tells: a time differs wherever anything else does. */
const mostTelling: readonly TreeDifference['field'][] = [
  'existence',
  'type',
  'sha256',
  'target',
  'mode',
  'uid',
  'gid',
  'xattrs',
  'hardLinkOf',
  'sparse',
  'size',
  'mtimeNs',
]

/** Two measured trees are equal: every path, content, size, mode, owner, time, link, hole and extended attribute. */
export const treesEqual = defineCheck<TreePair>({
  name: 'trees-equal',
  reads: [],
  describe: ({ expected, actual, forgets = [] }) =>
    `the files in ${describeMeasurement(actual)} equal those in ${describeMeasurement(expected)}, byte for byte${forgets.length === 0 ? '' : `, but for ${forgets.map(describeForgotten).join(', ')}`}`,
  judge,
})

function judge({ expected, actual, forgets = [] }: TreePair, history: readonly HistoryEntry[]): Judgement {
  const before = treeOf(history, expected)
  const after = treeOf(history, actual)
  if (before === undefined) return inconclusive(`The tree of ${describeMeasurement(expected)} was never read.`)
  if (after === undefined) return inconclusive(`The tree of ${describeMeasurement(actual)} was never read.`)
  if (isEmptyTree(before.tree))
    return inconclusive(`The tree of ${describeMeasurement(expected)} is empty: there is nothing to compare.`, [before.entry.seq])
  const differences = compareTrees(remembered(before.tree, forgets), remembered(after.tree, forgets))
  if (differences.length === 0) return { outcome: 'upheld', evaluated: before.tree.entries.length }
  const count = before.tree.entries.length
  const entries = [before.entry, after.entry]
  const first = sortByRelevance(differences).slice(0, named).map(describeDifference).join('; ')
  if (isEmptyTree(after.tree)) {
    return violated(
      `Volume in ${describeMeasurement(actual)} is empty: all ${count} files and directories of ${describeMeasurement(expected)} are missing.`,
      {
        expected: `${count} files and directories`,
        actual: 'none',
        entries,
      },
    )
  }
  const paths = new Set(differences.map((difference) => difference.path)).size
  return violated(
    `Volume in ${describeMeasurement(actual)} does not hold what ${describeMeasurement(expected)} held: ${paths} paths differ, first ${first}.`,
    {
      expected: `${count} files and directories, equal in every field`,
      actual: sortByRelevance(differences).slice(0, listed).map(describeDifference).join('\n'),
      entries,
    },
  )
}

function remembered({ root, entries }: Tree, forgets: readonly Forgotten[]): Tree {
  return { root, entries: withoutForgotten(entries, forgets) }
}

function sortByRelevance(differences: readonly TreeDifference[]): readonly TreeDifference[] {
  return differences.toSorted((a, b) => mostTelling.indexOf(a.field) - mostTelling.indexOf(b.field))
}

function treeOf(history: readonly HistoryEntry[], { pod, label }: MeasurementName): { entry: Measurement; tree: Tree } | undefined {
  const entry = measurementOf(history, { what: 'tree', label, subject: pod })
  return entry === undefined ? undefined : { entry, tree: entry.value as Tree }
}

function describeForgotten({ field, type }: Forgotten): string {
  return type === undefined ? field : `${field} of each ${type}`
}
