import { storedInOrder } from '../../../engine/judge/stored-in-order.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { observationsOf } from '../../../engine/object.ts'

/** A Pod and the PersistentVolumeClaim that it mounts. */
export interface PodWithPvc {
  readonly pod: string
  readonly pvc: string
}

/** A PersistentVolumeClaim is made before the Pod that mounts it. */
export const pvcMadeFirst = defineCheck<PodWithPvc>({
  name: 'pvc-made-first',
  reads: ['Pod', 'PersistentVolumeClaim'],
  describe: ({ pod, pvc }) => `PersistentVolumeClaim ${pvc} is created before Pod ${pod}`,
  judge({ pod, pvc }, history) {
    const made = { pod: added(history, 'Pod', pod), pvc: added(history, 'PersistentVolumeClaim', pvc) }
    if (made.pod === undefined) return inconclusive(`Pod ${pod} was not seen from the beginning.`)
    if (made.pvc === undefined) return inconclusive(`PersistentVolumeClaim ${pvc} was not seen from the beginning.`)
    return storedInOrder(made.pvc, made.pod, `Pod ${pod} was created before its PersistentVolumeClaim ${pvc}.`)
  },
})

/**
 * A PersistentVolumeClaim begins to be deleted only once the Pod that mounts it is gone. See
 * https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention
 */
export const pvcDeletedLast = defineCheck<PodWithPvc>({
  name: 'pvc-deleted-last',
  reads: ['Pod', 'PersistentVolumeClaim'],
  describe: ({ pod, pvc }) => `PersistentVolumeClaim ${pvc} is deleted only after Pod ${pod} is gone`,
  judge({ pod, pvc }, history) {
    const gone = observationsOf(history, 'Pod', pod).find(({ event }) => event === 'DELETED')
    const marked = observationsOf(history, 'PersistentVolumeClaim', pvc).find(
      ({ event, object }) => event === 'DELETED' || object.metadata.deletionTimestamp !== undefined,
    )
    if (marked === undefined) return inconclusive(`PersistentVolumeClaim ${pvc} was not deleted.`)
    if (gone === undefined) return violated(`PersistentVolumeClaim ${pvc} was deleted though Pod ${pod} was there.`, { entries: [marked] })
    return storedInOrder(gone, marked, `PersistentVolumeClaim ${pvc} was deleted before Pod ${pod} was gone.`)
  },
})

function added(history: readonly HistoryEntry[], kind: string, name: string): Observation | undefined {
  const [first] = observationsOf(history, kind, name)
  return first?.event === 'ADDED' ? first : undefined
}
