import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './crash-count-reached.ts'
import { historyOf, measured } from '../../../engine/history/literal.ts'

const params = { pod: 'db-0', times: 2 }
const crash = (pod: string, what = 'crash') => measured(what, 'Pod deleted, round 1', { pod, value: { secondsLater: 0.5 } })

export const crashCountReached = {
  holds: [
    { title: 'twice', params, history: historyOf(crash('db-0'), crash('db-0')) },
    { title: 'twice, in a history of an older run', params, history: historyOf(crash('db-0', 'strike'), crash('db-0', 'strike')) },
  ],
  not: [
    { title: 'once', params, history: historyOf(crash('db-0')) },
    { title: 'once, and another Pod', params, history: historyOf(crash('db-0'), crash('db-1')) },
  ],
} satisfies Examples<typeof conditions.crashCountReached>
