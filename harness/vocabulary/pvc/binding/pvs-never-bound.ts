import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf, phaseOf } from '../../../engine/object.ts'

/** PersistentVolumes by name. */
export interface Volumes {
  readonly volumes: readonly string[]
}

/** The PersistentVolumes existed, and no PVC was ever bound to one of them. */
export const pvsNeverBound = defineCheck<Volumes>({
  name: 'pvs-never-bound',
  reads: ['PersistentVolume'],
  describe: ({ volumes }) => `no PersistentVolumeClaim is ever bound to PersistentVolumes ${volumes.join(', ')}`,
  judge,
})

function judge({ volumes }: Volumes, history: readonly HistoryEntry[]): Judgement {
  const seen = volumes.map((volume) => observationsOf(history, 'PersistentVolume', volume))
  const taken = seen.flat().find(({ object }) => phaseOf(object) === 'Bound' || field(object, 'spec', 'claimRef') !== undefined)
  if (taken !== undefined) {
    const pvc = String(field(taken.object, 'spec', 'claimRef', 'name'))
    return violated(`PersistentVolume ${taken.object.metadata.name} was given to PersistentVolumeClaim ${pvc}.`, {
      expected: 'no PersistentVolumeClaim',
      actual: pvc,
      entries: [taken],
    })
  }
  const missing = volumes.find((_, position) => seen[position]?.length === 0)
  if (missing !== undefined) return inconclusive(`PersistentVolume ${missing} was never seen.`)
  return { outcome: 'upheld', evaluated: seen.flat().length }
}
