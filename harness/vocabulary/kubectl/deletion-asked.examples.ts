import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'
import type * as checks from './deletion-asked.ts'
import { kubectlSubject } from './kubectl-run.ts'

const command = { label: 'deleted' }
const sent = (...requests: readonly { readonly method: string; readonly options?: unknown }[]) =>
  historyOf(
    measured('kubectl', 'deleted', {
      pod: kubectlSubject.name,
      value: { command: 'kubectl delete pod web-0', exitCode: 0, stdout: '', stderr: '', requests },
    }),
  )
const withGrace = (gracePeriodSeconds: number) => sent({ method: 'GET' }, { method: 'DELETE', options: { gracePeriodSeconds } })

export const deletionAsked = {
  upholds: [
    { title: 'the grace period', params: { command, gracePeriodSeconds: 0 }, history: withGrace(0) },
    {
      title: 'none',
      params: { command, gracePeriodSeconds: null },
      history: sent({ method: 'DELETE', options: { kind: 'DeleteOptions' } }),
    },
  ],
  rejects: [
    { title: 'another one', params: { command, gracePeriodSeconds: 0 }, history: withGrace(1) },
    { title: 'one where none is to be', params: { command, gracePeriodSeconds: null }, history: withGrace(1) },
  ],
  gaps: [
    { title: 'never run', params: { command, gracePeriodSeconds: 0 }, history: historyOf() },
    { title: 'nothing deleted', params: { command, gracePeriodSeconds: 0 }, history: sent({ method: 'GET' }) },
  ],
} satisfies Examples<typeof checks.deletionAsked>
