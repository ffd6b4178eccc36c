import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { observationsOf, phaseOf } from '../../engine/object.ts'

/** A PersistentVolumeClaim and the phases that it goes through. */
export interface Phases {
  readonly pvc: string
  readonly phases: readonly string[]
}

/** A PersistentVolumeClaim goes through these phases in this order, and through no other. */
export const phasesAre = defineCheck<Phases>({
  name: 'phases-are',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc, phases }) => `PersistentVolumeClaim ${pvc} is ${phases.join(', then ')}`,
  judge,
})

function judge({ pvc, phases }: Phases, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'PersistentVolumeClaim', pvc)
  const changes = seen.filter(({ object }, position) => position === 0 || phaseOf(object) !== phaseOf(seen[position - 1]?.object))
  const found = changes.map(({ object }) => phaseOf(object) ?? 'without a phase')
  if (seen[0]?.event !== 'ADDED') return inconclusive(`PersistentVolumeClaim ${pvc} was not seen from the beginning.`)
  if (found.join() === phases.join()) return { outcome: 'upheld', evaluated: seen.length }
  return violated(`PersistentVolumeClaim ${pvc} was ${found.join(', then ')} instead of ${phases.join(', then ')}.`, {
    expected: phases.join(', '),
    actual: found.join(', '),
    entries: changes,
  })
}
