import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './ended-itself.ts'
import { gap, historyOf, podReady, podTerminating, seen } from '../../../engine/history/literal.ts'

const params = { pod: 'web-0' }
const ended = (exitCode: number, terminating = true) =>
  seen('Pod', 'web-0', { terminating, status: { phase: 'Running', containerStatuses: [{ state: { terminated: { exitCode } } }] } })
const [ready, marked] = [podReady('web-0'), podTerminating('web-0')]

export const endedItself = {
  upholds: [{ title: 'exit code 0', params, history: historyOf(ready, marked, ended(0), podReady('web-0', 'next')) }],
  rejects: [{ title: 'killed', params, history: historyOf(ready, marked, ended(137), podReady('web-0', 'next')) }],
  gaps: [
    { title: 'the end was not seen', params, history: historyOf(ready, marked, podReady('web-0', 'next')) },
    { title: 'ended before it was marked', params, history: historyOf(ready, ended(0, false)) },
    { title: 'something was missed', params, history: historyOf(ready, marked, gap('Pod'), ended(0)) },
  ],
} satisfies Examples<typeof checks.endedItself>
