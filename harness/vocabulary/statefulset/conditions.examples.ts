import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './conditions.ts'
import { historyOf, seen } from '../../engine/history/literal.ts'

const params = { statefulSet: 'web', replicas: 2 }
const web = (wanted: number, status: Readonly<Record<string, number>>) =>
  historyOf(seen('StatefulSet', 'web', { generation: 2, spec: { replicas: wanted }, status }))

export const scaleObserved = {
  holds: [{ title: 'generation caught up', params, history: web(2, { observedGeneration: 2, replicas: 1 }) }],
  not: [
    { title: 'generation not caught up', params, history: web(2, { observedGeneration: 1, replicas: 1 }) },
    { title: 'another number', params, history: web(1, { observedGeneration: 2, replicas: 1 }) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.scaleObserved>

export const statefulSetScaled = {
  holds: [{ title: 'all there', params, history: web(2, { observedGeneration: 2, replicas: 2, readyReplicas: 2 }) }],
  not: [
    { title: 'status of an older generation', params, history: web(2, { observedGeneration: 1, replicas: 2, readyReplicas: 2 }) },
    { title: 'one not Ready', params, history: web(2, { observedGeneration: 2, replicas: 2, readyReplicas: 1 }) },
    { title: 'one too many', params, history: web(2, { observedGeneration: 2, replicas: 3, readyReplicas: 2 }) },
  ],
} satisfies Examples<typeof conditions.statefulSetScaled>

export const noneReadyCounted = {
  holds: [{ title: 'there and not Ready', params, history: web(2, { observedGeneration: 2, replicas: 2 }) }],
  not: [
    { title: 'status of an older generation', params, history: web(2, { observedGeneration: 1, replicas: 2 }) },
    { title: 'one Ready', params, history: web(2, { observedGeneration: 2, replicas: 2, readyReplicas: 1 }) },
    { title: 'one not there', params, history: web(2, { observedGeneration: 2, replicas: 1 }) },
  ],
} satisfies Examples<typeof conditions.noneReadyCounted>

export const statefulSetGone = {
  holds: [{ title: 'deleted', params: { statefulSet: 'web' }, history: historyOf(seen('StatefulSet', 'web', { event: 'DELETED' })) }],
  not: [
    { title: 'there', params: { statefulSet: 'web' }, history: web(2, {}) },
    { title: 'never seen', params: { statefulSet: 'web' }, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.statefulSetGone>
