import { defineCondition } from '../../engine/judge/define-condition.ts'
import { field, latest } from '../../engine/object.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'

/**
 * The controller has counted the Pods of a PodDisruptionBudget as it is now: each that is to be there is healthy, and none that was let go
 * is still awaited. See https://kubernetes.io/docs/tasks/run-application/configure-pdb/#check-the-status-of-the-pdb
 */
export const budgetSettled = defineCondition<{ readonly budget: string }>({
  name: 'budget-settled',
  reads: ['PodDisruptionBudget'],
  describe: ({ budget }) => `PodDisruptionBudget ${budget} with all its Pods counted and healthy`,
  holds({ budget }, history) {
    const object = latest(history, 'PodDisruptionBudget', budget)
    const { generation, observed, healthy, expected, awaited } = countsOf(history, budget)
    return object !== undefined && observed === generation && healthy === expected && awaited === 0
  },
  seen({ budget }, history) {
    const { generation, observed, healthy, expected, awaited } = countsOf(history, budget)
    const seen = `generation ${String(observed)} of ${String(generation)} observed, ${String(healthy)} of ${String(expected)} Pods healthy`
    return `${budget}: ${seen}, ${awaited} let go`
  },
})

function countsOf(history: readonly HistoryEntry[], budget: string) {
  const object = latest(history, 'PodDisruptionBudget', budget)
  const status = (name: string) => field(object, 'status', name)
  return {
    generation: object?.metadata.generation,
    observed: status('observedGeneration'),
    healthy: status('currentHealthy'),
    expected: status('expectedPods'),
    awaited: Object.keys(status('disruptedPods') ?? {}).length,
  }
}
