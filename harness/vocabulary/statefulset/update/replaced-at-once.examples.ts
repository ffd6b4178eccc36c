import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './replaced-at-once.ts'
import { gap, historyOf, type LiteralEntry, podAdded, podDeleted, podReady, podRunning } from '../../../engine/history/literal.ts'

const one = { statefulSet: 'web', replicas: 2, most: 1 }
const two = { ...one, most: 2 }
const started = [podReady('web-0'), podReady('web-1')]
const replaced = (name: string): readonly LiteralEntry[] => [podDeleted(name), podAdded(name, `new-${name}`), podReady(name, `new-${name}`)]
const inTurn = historyOf(...started, ...replaced('web-1'), ...replaced('web-0'))
const bothAway = [podDeleted('web-1'), podDeleted('web-0'), podReady('web-1', 'new-web-1'), podReady('web-0', 'new-web-0')]
const together = historyOf(...started, ...bothAway)
const notReady = historyOf(...started, podDeleted('web-1'), podRunning('web-0'), ...replaced('web-1').slice(1), ...replaced('web-0'))

export const replacedAtOnce = {
  upholds: [
    { title: 'one after the other', params: one, history: inTurn },
    { title: 'two at once', params: two, history: together },
    { title: 'another is not Ready for a moment meanwhile, all by itself', params: one, history: notReady },
  ],
  rejects: [
    { title: 'two at once instead of one', params: one, history: together },
    { title: 'one after the other instead of two at once', params: two, history: inTurn },
  ],
  gaps: [
    { title: 'events of Pods were missed', params: two, history: historyOf(...started, gap('Pod'), ...bothAway) },
    { title: 'only one was replaced', params: one, history: historyOf(...started, ...replaced('web-1')) },
  ],
} satisfies Examples<typeof checks.replacedAtOnce>
