import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './never-answered.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const label = 'web-1.web, before it is Ready'
const params = { found: { pod: 'client', label } }
const answered = (times: number, ...answers: readonly string[]) =>
  historyOf(measured('answers', label, { pod: 'client', value: { times, answers } }))

export const neverAnswered = {
  upholds: [{ title: 'no such name, each time', params, history: answered(25) }],
  rejects: [
    { title: 'an address, one time', params, history: answered(25, 'web-1.web 10.0.0.1') },
    { title: 'an address at once', params, history: answered(1, 'web-1.web 10.0.0.1') },
  ],
  gaps: [
    { title: 'never asked', params, history: historyOf() },
    { title: 'asked once', params, history: answered(1) },
  ],
} satisfies Examples<typeof checks.neverAnswered>
