import type { ConditionExamplesOf as Examples } from '../define-condition.ts'
import type * as conditions from './struck.ts'
import { historyOf, measured } from '../checks/literal.ts'

const params = { pod: 'db-0', times: 2 }
const strike = (pod: string) => measured('strike', 'Pod deleted, round 1', { pod, value: { secondsLater: 0.5 } })

export const struck = {
  holds: [{ title: 'twice', params, history: historyOf(strike('db-0'), strike('db-0')) }],
  not: [
    { title: 'once', params, history: historyOf(strike('db-0')) },
    { title: 'once, and another Pod', params, history: historyOf(strike('db-0'), strike('db-1')) },
  ],
} satisfies Examples<typeof conditions.struck>
