import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './pod-disrupted.ts'
import { historyOf, type LiteralEntry, podReady, seen } from '../../../engine/history/literal.ts'

const params = { pod: 'web-0', reason: 'TerminationByKubelet' } as const
const disrupted = (reason: string, status = 'True'): LiteralEntry =>
  seen('Pod', 'web-0', { status: { phase: 'Succeeded', conditions: [{ type: 'DisruptionTarget', status, reason }] } })

export const podDisrupted = {
  holds: [{ title: 'by its kubelet', params, history: historyOf(podReady('web-0'), disrupted('TerminationByKubelet')) }],
  not: [
    { title: 'nothing seen', params, history: historyOf() },
    { title: 'Running', params, history: historyOf(podReady('web-0')) },
    { title: 'for another reason', params, history: historyOf(disrupted('EvictionByEvictionAPI')) },
    { title: 'not after all', params, history: historyOf(disrupted('TerminationByKubelet', 'False')) },
  ],
} satisfies Examples<typeof conditions.podDisrupted>
