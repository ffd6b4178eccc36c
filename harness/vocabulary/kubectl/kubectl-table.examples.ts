import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'
import type * as checks from './kubectl-table.ts'
import { kubectlSubject } from './kubectl-run.ts'

const command = { label: 'sets' }
const printed = (...lines: readonly string[]) =>
  historyOf(
    measured('kubectl', 'sets', {
      pod: kubectlSubject.name,
      value: { command: 'kubectl get statefulset', exitCode: 0, stdout: lines.join('\n'), stderr: '', requests: [] },
    }),
  )
const web = printed('NAME   READY   AGE', 'web    3/3     1m', 'other  0/1     2m')

export const kubectlTable = {
  upholds: [
    { title: 'a row, and a column of it', params: { command, rows: { web: { READY: '3/3' } } }, history: web },
    {
      title: 'a name with a mark, and titles of two words',
      params: { command, rows: { 'fast (default)': { 'ACCESS MODES': 'RWO' } }, complete: true },
      history: printed('NAME             ACCESS MODES   AGE', 'fast (default)   RWO            1m'),
    },
  ],
  rejects: [
    { title: 'another value', params: { command, rows: { web: { READY: '2/3' } } }, history: web },
    { title: 'no such row', params: { command, rows: { db: {} } }, history: web },
    { title: 'no such column', params: { command, rows: { web: { UP: '3' } } }, history: web },
    { title: 'another row where it is to be complete', params: { command, rows: { web: {} }, complete: true }, history: web },
  ],
  gaps: [{ title: 'never run', params: { command, rows: { web: {} } }, history: historyOf() }],
} satisfies Examples<typeof checks.kubectlTable>
