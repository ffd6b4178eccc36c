import { defineCondition } from '../../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { observationsOf } from '../../../engine/object.ts'
import { pvcState } from '../readings.ts'

/** Annotation of a PersistentVolumeClaim: the node that the scheduler has selected for its volume. */
export const selectedNode = 'volume.kubernetes.io/selected-node'

/**
 * The scheduler has selected this node for the volume of a PersistentVolumeClaim, and none before. Where no volume can be made there, the
 * provisioner takes that back. See https://kubernetes.io/docs/concepts/storage/storage-capacity/#scheduling
 */
export const nodeSelected = defineCondition<{ readonly pvc: string; readonly node: string }>({
  name: 'node-selected',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc, node }) => `node ${node} selected for PersistentVolumeClaim ${pvc}`,
  holds: ({ pvc, node }, history) => selectedFirst(history, pvc) === node,
  unreachable({ pvc, node }, history) {
    const first = selectedFirst(history, pvc)
    return first === undefined || first === node ? undefined : `Node ${first} was selected for PersistentVolumeClaim ${pvc}.`
  },
  seen: ({ pvc }, history) => `${pvcState(history, pvc)}, ${selectedFirst(history, pvc) ?? 'no node'} selected`,
})

function selectedFirst(history: readonly HistoryEntry[], pvc: string): string | undefined {
  const selected = observationsOf(history, 'PersistentVolumeClaim', pvc).map(({ object }) => object.metadata.annotations?.[selectedNode])
  return selected.find((node) => node !== undefined)
}
