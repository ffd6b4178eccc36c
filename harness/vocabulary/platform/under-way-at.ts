import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { objectsOf, stateIn } from './identity-kept.ts'
import type { StateName } from './platform-state.ts'

/** PVCs at one moment. */
export interface UnderWay {
  readonly at: StateName
  readonly pvcs: readonly string[]
}

/** What was asked for of each PVC is not done yet at that moment: it is Pending, or smaller than it is to be. */
export const underWayAt = defineCheck<UnderWay>({
  name: 'under-way-at',
  reads: [],
  describe: ({ at, pvcs }) => `what was asked for of ${pvcs.join(', ')} is not done yet ${at.label}`,
  judge,
})

function judge({ at, pvcs }: UnderWay, history: readonly HistoryEntry[]): Judgement {
  const entry = stateIn(history, at)
  if (entry === undefined) return inconclusive(`The state of ${at.namespace} was not read ${at.label}.`)
  for (const name of pvcs) {
    const pvc = objectsOf(entry).find((object) => object.kind === 'PersistentVolumeClaim' && object.name === name)
    if (pvc === undefined) return inconclusive(`There was no PersistentVolumeClaim ${name} ${at.label}.`, [entry.seq])
    const { phase = 'unknown', requested, capacity } = pvc
    if (phase === 'Bound' && requested === capacity)
      return violated(`PersistentVolumeClaim ${name} was ready ${at.label}.`, {
        expected: 'Pending, or smaller than it is to be',
        actual: `${phase}, ${capacity ?? 'of unknown size'}`,
        entries: [entry],
      })
  }
  return { outcome: 'upheld', evaluated: pvcs.length }
}
