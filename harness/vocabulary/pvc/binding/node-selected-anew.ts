import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { observationsOf } from '../../../engine/object.ts'
import type { PvcName } from '../volume/keeps-its-volume.ts'
import { selectedNode } from './node-selected.ts'

/**
 * The node that was selected for the volume of a PersistentVolumeClaim was given up, and the scheduler has selected one again since. See
 * https://kubernetes.io/docs/concepts/storage/storage-capacity/#rescheduling
 */
export const nodeSelectedAnew = defineCheck<PvcName>({
  name: 'node-selected-anew',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc }) => `the node selected for PersistentVolumeClaim ${pvc} is given up, and one is selected again`,
  judge,
})

function judge({ pvc }: PvcName, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'PersistentVolumeClaim', pvc)
  const nodeIn = (position: number) => seen[position]?.object.metadata.annotations?.[selectedNode]
  const first = seen.findIndex((_, position) => nodeIn(position) !== undefined)
  const last = seen.at(-1)
  if (first === -1 || last === undefined) return inconclusive(`No node was seen selected for PersistentVolumeClaim ${pvc}.`)
  const givenUp = seen.findIndex((_, position) => position > first && nodeIn(position) === undefined)
  const again = seen.findIndex((_, position) => givenUp !== -1 && position > givenUp && nodeIn(position) !== undefined)
  if (again !== -1) return { outcome: 'upheld', evaluated: seen.length }
  const what = givenUp === -1 ? 'was never given up' : 'was given up, and none was selected again'
  return violated(`Node ${nodeIn(first) ?? ''} that was selected for PersistentVolumeClaim ${pvc} ${what}.`, {
    expected: 'a node selected, none, and one again',
    actual: seen.map((_, position) => nodeIn(position) ?? 'none').join(', '),
    entries: [{ seq: seen[first]?.seq ?? 0 }, last],
  })
}
