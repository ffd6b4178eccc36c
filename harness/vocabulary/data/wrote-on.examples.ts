import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './wrote-on.ts'
import { foundAt } from './workload/continuous-writes.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = {
  before: { pod: 'writer', label: 'before the expansion' },
  after: { pod: 'writer', label: 'in the end' },
  found: { pod: 'writer', label: '/data' },
}
const acknowledged = ({ pod, label }: { readonly pod: string; readonly label: string }, record: number | null) =>
  measured('acknowledged', label, { pod, value: { record } })
const found = (last: number) => measured('writes', '/data', { pod: 'writer', value: foundAt(last) })

export const wroteOn = {
  upholds: [
    { title: 'went on', params, history: historyOf(acknowledged(params.before, 100), acknowledged(params.after, 210), found(210)) },
  ],
  rejects: [
    { title: 'stopped', params, history: historyOf(acknowledged(params.before, 100), acknowledged(params.after, 100), found(100)) },
    { title: 'was gone', params, history: historyOf(acknowledged(params.before, 100), acknowledged(params.after, null), found(100)) },
    { title: 'lost some', params, history: historyOf(acknowledged(params.before, 100), acknowledged(params.after, 210), found(150)) },
  ],
  gaps: [
    {
      title: 'was gone before',
      params,
      history: historyOf(acknowledged(params.before, null), acknowledged(params.after, 210), found(210)),
    },
    { title: 'had not begun', params, history: historyOf(acknowledged(params.before, 0), acknowledged(params.after, 210), found(210)) },
    { title: 'never read', params, history: historyOf(acknowledged(params.before, 100), acknowledged(params.after, 210)) },
    { title: 'never asked', params, history: historyOf(found(210)) },
  ],
} satisfies Examples<typeof checks.wroteOn>
