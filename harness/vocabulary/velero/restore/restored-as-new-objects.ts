import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { observationsOf } from '../../../engine/object.ts'
import { boundVolumes } from './bound-volumes.ts'

/** Objects that were destroyed and restored, by name. */
export interface RestoredObjects {
  readonly pods: readonly string[]
  readonly pvcs: readonly string[]
}

/** Pods and PersistentVolumeClaims that came back are other objects than before, and the volumes of the PVCs are other volumes. */
export const restoredAsNewObjects = defineCheck<RestoredObjects>({
  name: 'restored-anew',
  reads: ['Pod', 'PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pods, pvcs }) => `${[...pods, ...pvcs].join(', ')} are new objects on new volumes`,
  judge,
})

function judge({ pods, pvcs }: RestoredObjects, history: readonly HistoryEntry[]): Judgement {
  const objects = [...pods.map((name) => ({ kind: 'Pod', name })), ...pvcs.map((name) => ({ kind: 'PersistentVolumeClaim', name }))]
  for (const { kind, name } of objects) {
    const seen = observationsOf(history, kind, name)
    const [first] = seen
    const last = seen.at(-1)
    if (first === undefined || last === undefined) return inconclusive(`${kind} ${name} was never seen.`)
    if (first.object.metadata.uid === last.object.metadata.uid)
      return violated(`${kind} ${name} is the same object as before (UID ${last.object.metadata.uid}).`, { entries: [first, last] })
    if (last.event === 'DELETED') return violated(`${kind} ${name} did not come back.`, { entries: [last] })
  }
  for (const pvc of pvcs) {
    const [before, after] = boundVolumes(history, pvc)
    if (before === undefined || after === undefined) return inconclusive(`The volumes of PersistentVolumeClaim ${pvc} were never seen.`)
    if (before.handle === after.handle)
      return violated(`PersistentVolumeClaim ${pvc} came back on the volume it had before: handle ${after.handle}.`, {
        expected: `another handle than ${before.handle}`,
        actual: after.handle,
        entries: [before.entry, after.entry],
      })
  }
  return { outcome: 'upheld', evaluated: objects.length }
}
