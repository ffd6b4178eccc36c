import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './surges.ts'
import { gap, historyOf, podAdded, podDeleted, seen } from '../../engine/history/literal.ts'

const params = { workload: 'web', replicas: 1 }

const before = historyOf(podAdded('web-0', 'a'), podAdded('web-1', 'b'), podDeleted('web-0', 'a'))
const after = historyOf(podAdded('web-0', 'a'), podDeleted('web-0', 'a'), podAdded('web-0', 'b'))

const ended = seen('Pod', 'web-0', { uid: 'a', terminating: true, status: { phase: 'Succeeded' } })
const meanwhile = historyOf(podAdded('web-0', 'a'), ended, podAdded('web-1', 'b'), podDeleted('web-0', 'a'))

const gaps = [
  { title: 'another may have been there unseen', params, history: historyOf(podAdded('web-0', 'a'), gap('Pod'), podAdded('web-0', 'b')) },
  { title: 'only one Pod', params, history: historyOf(podAdded('web-0', 'a')) },
]

export const surges = {
  upholds: [{ title: 'the new one before the old one was gone', params, history: before }],
  rejects: [
    { title: 'the new one after the old one was gone', params, history: after },
    { title: 'the new one after the containers of the old one had ended', params, history: meanwhile },
  ],
  gaps,
} satisfies Examples<typeof checks.surges>

export const neverSurges = {
  upholds: [
    { title: 'the new one after the old one was gone', params, history: after },
    { title: 'the new one after the containers of the old one had ended', params, history: meanwhile },
  ],
  rejects: [{ title: 'the new one before the old one was gone', params, history: before }],
  gaps,
} satisfies Examples<typeof checks.neverSurges>
