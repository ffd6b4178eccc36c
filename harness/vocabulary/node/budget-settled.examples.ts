import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './budget-settled.ts'
import { historyOf, seen } from '../../engine/history/literal.ts'

const params = { budget: 'web' }
const counted = { observedGeneration: 2, currentHealthy: 3, expectedPods: 3, disruptionsAllowed: 1 }
const budget = (status: Readonly<Record<string, unknown>>) => historyOf(seen('PodDisruptionBudget', 'web', { generation: 2, status }))

export const budgetSettled = {
  holds: [
    { title: 'all healthy', params, history: budget(counted) },
    { title: 'no Pod is counted', params, history: budget({ ...counted, currentHealthy: 0, expectedPods: 0 }) },
  ],
  not: [
    { title: 'status of an older generation', params, history: budget({ ...counted, observedGeneration: 1 }) },
    { title: 'one is not healthy', params, history: budget({ ...counted, currentHealthy: 2 }) },
    { title: 'one was let go', params, history: budget({ ...counted, disruptedPods: { 'web-1': '2026-01-01T00:00:00Z' } }) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.budgetSettled>
