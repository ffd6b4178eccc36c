import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './pvs-never-bound.ts'
import { gap, historyOf, pvSeen } from '../../../engine/history/literal.ts'

const params = { volumes: ['small', 'block'] }
const free = (name: string) => pvSeen(name, { status: { phase: 'Available' } })

export const pvsNeverBound = {
  upholds: [{ title: 'left alone', params, history: historyOf(free('small'), free('block')) }],
  rejects: [
    { title: 'Bound', params, history: historyOf(free('small'), pvSeen('block')) },
    {
      title: 'about to be bound',
      params,
      history: historyOf(free('block'), pvSeen('small', { spec: { claimRef: { name: 'data' } }, status: { phase: 'Available' } })),
    },
  ],
  gaps: [
    { title: 'one was never seen', params, history: historyOf(free('small')) },
    { title: 'something was missed', params, history: historyOf(free('small'), free('block'), gap('PersistentVolume')) },
  ],
} satisfies Examples<typeof checks.pvsNeverBound>
