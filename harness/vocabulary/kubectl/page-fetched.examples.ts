import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'
import { kubectlSubject } from './kubectl-run.ts'
import type * as checks from './page-fetched.ts'

const params = { command: { label: 'page' }, body: 'hello' }
const ended = (page?: { readonly status: number; readonly body: string }) =>
  historyOf(
    measured('kubectl', 'page', {
      pod: kubectlSubject.name,
      value: { command: 'kubectl port-forward', exitCode: 0, stdout: '', stderr: 'lost connection', requests: [], ...(page && { page }) },
    }),
  )

export const pageFetched = {
  upholds: [{ title: 'the page, with a line end', params, history: ended({ status: 200, body: 'hello\n' }) }],
  rejects: [
    { title: 'another page', params, history: ended({ status: 200, body: 'other' }) },
    { title: 'an error with the words', params, history: ended({ status: 404, body: 'hello' }) },
    { title: 'no page', params, history: ended() },
  ],
  gaps: [{ title: 'never run', params, history: historyOf() }],
} satisfies Examples<typeof checks.pageFetched>
