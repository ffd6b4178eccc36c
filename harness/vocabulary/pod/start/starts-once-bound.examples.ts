import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './starts-once-bound.ts'
import { gap, historyOf, type LiteralEntry } from '../../../engine/history/literal.ts'

const params = { pod: 'user', pvcs: ['early', 'late'] }
const at = (kind: string, name: string, of: { readonly version: number; readonly phase: string }): LiteralEntry => ({
  ...{ type: 'observation', event: 'MODIFIED', kind },
  object: { metadata: { name, uid: `uid-of-${name}`, resourceVersion: String(of.version) }, status: { phase: of.phase } },
})
const pod = (version: number, phase: string) => at('Pod', 'user', { version, phase })
const pvc = (name: string, version: number, phase = 'Bound') => at('PersistentVolumeClaim', name, { version, phase })
const waiting = [pvc('early', 5), pod(9, 'Pending'), pvc('late', 10, 'Pending')]

export const startsOnceBound = {
  upholds: [
    { title: 'after both', params, history: historyOf(...waiting, pvc('late', 20), pod(101, 'Running')) },
    { title: 'after both, by the later watch', params, history: historyOf(...waiting, pod(101, 'Running'), pvc('late', 20)) },
  ],
  rejects: [
    { title: 'before one', params, history: historyOf(...waiting, pod(15, 'Running'), pvc('late', 20)) },
    { title: 'without one', params, history: historyOf(...waiting, pod(15, 'Running')) },
  ],
  gaps: [
    { title: 'never started', params, history: historyOf(...waiting, pvc('late', 20)) },
    { title: 'never waited', params, history: historyOf(pvc('early', 5), pvc('late', 6), pod(9, 'Pending'), pod(15, 'Running')) },
    {
      title: 'events may be missing',
      params,
      history: historyOf(...waiting, gap('PersistentVolumeClaim'), pvc('late', 20), pod(101, 'Running')),
    },
  ],
} satisfies Examples<typeof checks.startsOnceBound>
