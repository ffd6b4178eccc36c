import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './counters-complete.ts'
import type { FoundCounter } from './counter-in.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const counter = {
  found: { pod: 'copy', label: 'restored' },
  before: { pod: 'client', label: 'before' },
  after: { pod: 'client', label: 'after' },
}
const params = { counters: [counter] }
const acknowledged = (label: string, record: number) => measured('acknowledged', label, { pod: 'client', value: { record } })
const around = [acknowledged('before', 100), acknowledged('after', 120)] as const
const upTo = (last: number): FoundCounter => ({ first: 1, last, rows: last, total: last, damaged: 0 })
const found = (value: FoundCounter) => measured('counter', 'restored', { pod: 'copy', value })
const whole = upTo(110)

export const countersComplete = {
  upholds: [
    { title: 'between the two', params, history: historyOf(...around, found(whole)) },
    { title: 'all that was acknowledged before and no more', params, history: historyOf(...around, found(upTo(100))) },
    { title: 'one more than was acknowledged, which had been begun', params, history: historyOf(...around, found(upTo(121))) },
  ],
  rejects: [
    { title: 'an acknowledged number is missing', params, history: historyOf(...around, found(upTo(99))) },
    { title: 'a number of later', params, history: historyOf(...around, found(upTo(122))) },
    { title: 'empty', params, history: historyOf(...around, found({ first: 0, last: 0, rows: 0, total: 0, damaged: 0 })) },
    { title: 'not read by the server', params, history: historyOf(...around, found({ ...whole, refused: 'invalid page in block 0' })) },
    { title: 'a gap', params, history: historyOf(...around, found({ ...whole, rows: 109 })) },
    { title: 'does not begin with 1', params, history: historyOf(...around, found({ ...whole, first: 2, rows: 109 })) },
    { title: 'the tables disagree', params, history: historyOf(...around, found({ ...whole, total: 112 })) },
    { title: 'a damaged row', params, history: historyOf(...around, found({ ...whole, damaged: 1 })) },
  ],
  gaps: [
    { title: 'never read', params, history: historyOf(...around) },
    { title: 'nothing kept of what was acknowledged', params, history: historyOf(found(whole)) },
    { title: 'nothing acknowledged', params, history: historyOf(acknowledged('before', 0), acknowledged('after', 5), found(upTo(3))) },
  ],
} satisfies Examples<typeof checks.countersComplete>
