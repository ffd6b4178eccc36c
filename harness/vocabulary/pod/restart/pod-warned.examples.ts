import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './pod-warned.ts'
import { historyOf, podReady, seen } from '../../../engine/history/literal.ts'

const warning = (name: string, component: string, event = 'one.1') =>
  seen('Event', event, { type: 'Warning', involvedObject: { name }, source: { component } })

const ofPod = { pod: 'one', by: 'kubelet' }

export const podWarned = {
  holds: [
    { title: 'warned', params: ofPod, history: historyOf(warning('one', 'kubelet')) },
    { title: 'in another namespace', params: { ...ofPod, pod: 'copy/one' }, history: historyOf(warning('one', 'kubelet', 'copy/one.1')) },
  ],
  not: [
    { title: 'about another', params: ofPod, history: historyOf(warning('other', 'kubelet')) },
    { title: 'about another namespace', params: ofPod, history: historyOf(warning('one', 'kubelet', 'copy/one.1')) },
    { title: 'not warned, and Ready', params: ofPod, history: historyOf(podReady('one')) },
    { title: 'by another', params: ofPod, history: historyOf(warning('one', 'default-scheduler')) },
  ],
} satisfies Examples<typeof conditions.podWarned>
