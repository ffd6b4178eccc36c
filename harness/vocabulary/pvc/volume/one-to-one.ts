import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'
import type { PvcNames } from './different-volumes.ts'

/**
 * In the whole history one PersistentVolume claims each of these PersistentVolumeClaims, the one that it names, and that PersistentVolume
 * claims no other. See https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding
 */
export const oneToOne = defineCheck<PvcNames>({
  name: 'one-to-one',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvcs }) => `each of ${pvcs.join(', ')} is backed by one PersistentVolume, which serves no other`,
  judge,
})

function judge({ pvcs }: PvcNames, history: readonly HistoryEntry[]): Judgement {
  const volumes = observationsOf(history, 'PersistentVolume')
  const evaluated: Observation[] = []
  for (const pvc of pvcs) {
    const named = observationsOf(history, 'PersistentVolumeClaim', pvc).findLast(({ object }) => volumeNameOf(object) !== undefined)
    if (named === undefined) return inconclusive(`PersistentVolumeClaim ${pvc} was never seen with a PersistentVolume.`)
    const { uid } = named.object.metadata
    const backing = volumes.filter(({ object }) => claimedBy(object) === uid)
    const [first] = backing
    if (first === undefined) return inconclusive(`No PersistentVolume was seen that claims PersistentVolumeClaim ${pvc}.`)
    const wrong = backing.find(({ object }) => object.metadata.name !== volumeNameOf(named.object))
    if (wrong !== undefined)
      return violated(`PersistentVolume ${wrong.object.metadata.name} claims PersistentVolumeClaim ${pvc}, which names another.`, {
        ...{ expected: String(volumeNameOf(named.object)), actual: wrong.object.metadata.name, entries: [named, wrong] },
      })
    const all = volumes.filter(({ object }) => object.metadata.name === first.object.metadata.name)
    const other = all.find(({ object }) => claimedBy(object) !== undefined && claimedBy(object) !== uid)
    if (other !== undefined)
      return violated(`PersistentVolume ${other.object.metadata.name} serves another PersistentVolumeClaim beside ${pvc}.`, {
        ...{ expected: `claimRef with UID ${uid}`, actual: String(claimedBy(other.object)), entries: [first, other] },
      })
    evaluated.push(...all)
  }
  return { outcome: 'upheld', evaluated: evaluated.length }
}

const volumeNameOf = (pvc: unknown): unknown => field(pvc, 'spec', 'volumeName')
const claimedBy = (pv: unknown): unknown => field(pv, 'spec', 'claimRef', 'uid')
