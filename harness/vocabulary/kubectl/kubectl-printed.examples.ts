import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'
import type * as checks from './kubectl-printed.ts'
import { kubectlSubject } from './kubectl-run.ts'

const command = { label: 'described' }
const ended = (exitCode: number, stdout: string, stderr = '') =>
  historyOf(
    measured('kubectl', 'described', {
      pod: kubectlSubject.name,
      value: { command: 'kubectl describe pvc data', exitCode, stdout, stderr, requests: [] },
    }),
  )

export const kubectlPrinted = {
  upholds: [
    {
      title: 'a line, whatever the columns are',
      params: { command, lines: ['Used By: web-0'] },
      history: ended(0, 'Used By:       web-0\n'),
    },
    {
      title: 'an error, on the other output',
      params: { command, exitCode: 1, lines: ['cannot expose'] },
      history: ended(1, '', 'error: cannot expose'),
    },
    {
      title: 'parts of a line in order',
      params: { command, lines: ['Normal Waiting … first consumer'] },
      history: ended(0, 'Normal  Waiting  3s (x2)  waits for first consumer'),
    },
    { title: 'the exit code alone', params: { command }, history: ended(0, '') },
    { title: 'what must not be there is not', params: { command, without: ['Warning'] }, history: ended(0, 'Normal') },
  ],
  rejects: [
    { title: 'the line is missing', params: { command, lines: ['Used By: web-0'] }, history: ended(0, 'Used By: <none>') },
    { title: 'parts of a line in another order', params: { command, lines: ['b … a'] }, history: ended(0, 'a b') },
    { title: 'another exit code', params: { command, lines: ['web'] }, history: ended(1, 'web') },
    { title: 'what must not be there', params: { command, without: ['Warning'] }, history: ended(0, 'a  Warning b') },
  ],
  gaps: [
    { title: 'never run', params: { command, lines: ['a'] }, history: historyOf() },
    {
      title: 'another command',
      params: { command: { label: 'other' } },
      history: ended(0, ''),
    },
  ],
} satisfies Examples<typeof checks.kubectlPrinted>
