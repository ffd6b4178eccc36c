import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './named-at-random.ts'
import { gap, historyOf, podAdded, podDeleted, podReady } from '../../engine/history/literal.ts'

const params = { deployment: 'web', pods: 2 }
const [one, other] = ['web-5d4f8c7b9-x2x4z', 'web-5d4f8c7b9-kk2lm']

export const namedAtRandom = {
  upholds: [
    { title: 'two at once', params, history: historyOf(podAdded(one), podAdded(other), podReady('client')) },
    { title: 'one after the other', params, history: historyOf(podAdded(one), podDeleted(one), podAdded(other)) },
  ],
  rejects: [
    { title: 'an ordinal', params, history: historyOf(podAdded('web-0'), podAdded('web-1')) },
    { title: 'the same name again', params, history: historyOf(podAdded(one), podDeleted(one), podAdded(one, 'another'), podAdded(other)) },
  ],
  gaps: [
    { title: 'only one', params, history: historyOf(podAdded(one), podReady(one)) },
    { title: 'one may be missing', params, history: historyOf(podAdded(one), gap('Pod'), podAdded(other)) },
  ],
} satisfies Examples<typeof checks.namedAtRandom>
