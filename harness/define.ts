// Public entry `holdfast/define`: what checks and conditions of one's own are made of. It needs no cluster and no Vitest, so that a stored
// run can be judged again by them.
export type { Check, Condition, Judgement } from './engine/judge/check.ts'
export { type CheckDefinition, defineCheck, type Example } from './engine/judge/define-check.ts'
export { type ConditionDefinition, defineCondition } from './engine/judge/define-condition.ts'
export type { HistoryEntry, Mark, Observation, ObservedObject } from './engine/history/history-entry.ts'
export { inconclusive, violated } from './engine/judge/judgement.ts'
export { field, hasCondition, isOwnedBy, latest, observationsOf, phaseOf } from './engine/object.ts'
export { parseQuantity } from './engine/quantity.ts'
