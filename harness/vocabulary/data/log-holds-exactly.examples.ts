import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './log-holds-exactly.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { acknowledged: { pod: 'web-0', label: 'before' }, found: { pod: 'web-0', label: 'after' } }
const acknowledged = (...seqs: readonly number[]) => measured('acknowledged-records', 'before', { pod: 'web-0', value: seqs })
const found = (...seqs: readonly number[]) =>
  measured('log', 'after', { pod: 'web-0', value: { records: seqs.map((seq) => ({ seq, intact: true })) } })

const byBoth = { ...params, acknowledged: [params.acknowledged, { pod: 'web-1', label: 'before' }] }
const other = (...seqs: readonly number[]) => measured('acknowledged-records', 'before', { pod: 'web-1', value: seqs })

export const logHoldsExactly = {
  upholds: [
    { title: 'every record is there', params, history: historyOf(acknowledged(1, 2), found(1, 2)) },
    { title: 'those of both writers', params: byBoth, history: historyOf(acknowledged(1), other(2), found(1, 2)) },
  ],
  rejects: [
    { title: 'a record was lost', params, history: historyOf(acknowledged(1, 2), found(1)) },
    { title: 'those of one writer are missing', params: byBoth, history: historyOf(acknowledged(1), other(2), found(1)) },
    { title: 'a later record came back', params, history: historyOf(acknowledged(1, 2), found(1, 2, 3)) },
    {
      title: 'a record is torn',
      params,
      history: historyOf(acknowledged(1), measured('log', 'after', { pod: 'web-0', value: { records: [{ seq: 1, intact: false }] } })),
    },
  ],
  gaps: [
    { title: 'the log was not read back', params, history: historyOf(acknowledged(1, 2)) },
    { title: 'one of the writers was not heard', params: byBoth, history: historyOf(acknowledged(1), found(1)) },
    { title: 'nothing was acknowledged', params, history: historyOf(acknowledged(), found()) },
  ],
} satisfies Examples<typeof checks.logHoldsExactly>
