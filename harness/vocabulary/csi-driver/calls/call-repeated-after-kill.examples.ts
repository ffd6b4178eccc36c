import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './call-repeated-after-kill.ts'
import { historyOf, type LiteralEntry } from '../../../engine/history/literal.ts'
import { timedCallsRead } from './literal-calls.ts'

const params = { calls: { pvc: 'data', label: 'later' }, method: 'CreateVolume', program: 'csi-provisioner' }
/** The kill is asked for 100 ms after the begin of an example history, and answered 200 ms after it. */
const marked: LiteralEntry = { type: 'mark', name: 'begin' }
const kill = (phase: 'requested' | 'accepted', program = 'csi-provisioner'): LiteralEntry => ({
  ...{ type: 'act', actId: `kill of ${program}`, verb: 'kill', subject: { kind: 'Node', name: 'control-plane' }, phase },
  ...(phase === 'requested' && { request: { program } }),
})
const killed = [marked, kill('requested'), kill('accepted')] as const

export const callRepeatedAfterKill = {
  upholds: [
    { title: 'open at the kill, and called again', params, history: historyOf(...killed, timedCallsRead([50, 6000], [900, 6000])) },
  ],
  rejects: [
    { title: 'ended before the kill was asked for', params, history: historyOf(...killed, timedCallsRead([50, 20], [900, 20])) },
    { title: 'ended before the kill was done', params, history: historyOf(...killed, timedCallsRead([50, 100], [900, 20])) },
    { title: 'begun while the kill was under way', params, history: historyOf(...killed, timedCallsRead([150, 6000], [900, 20])) },
    { title: 'not called again', params, history: historyOf(...killed, timedCallsRead([50, 6000])) },
    {
      title: 'another method',
      params,
      history: historyOf(...killed, timedCallsRead([50, 6000, 'DeleteVolume'], [900, 20, 'DeleteVolume'])),
    },
  ],
  gaps: [
    { title: 'never read', params, history: historyOf(...killed) },
    { title: 'never killed', params, history: historyOf(marked, timedCallsRead([50, 6000], [900, 6000])) },
    { title: 'without an answer', params, history: historyOf(marked, kill('requested'), timedCallsRead([50, 6000], [900, 6000])) },
    {
      title: 'another program killed',
      params,
      history: historyOf(
        marked,
        kill('requested', 'csi-resizer'),
        kill('accepted', 'csi-resizer'),
        timedCallsRead([50, 6000], [900, 6000]),
      ),
    },
  ],
} satisfies Examples<typeof checks.callRepeatedAfterKill>

export const callOpenAtKill = {
  upholds: [
    { title: 'open at the kill, and called again', params, history: historyOf(...killed, timedCallsRead([50, 6000], [900, 6000])) },
    { title: 'open at the kill, and not called again', params, history: historyOf(...killed, timedCallsRead([50, 6000])) },
  ],
  rejects: callRepeatedAfterKill.rejects.filter(({ title }) => title !== 'not called again'),
  gaps: callRepeatedAfterKill.gaps,
} satisfies Examples<typeof checks.callOpenAtKill>
