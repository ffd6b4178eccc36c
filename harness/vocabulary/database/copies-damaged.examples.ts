import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './copies-damaged.ts'
import type { FoundCopy } from './copy-in.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const copyOf = (pod: string) => ({
  found: { pod, label: 'copied' },
  before: { pod: 'client', label: 'before' },
  after: { pod: 'client', label: 'after' },
})
const params = { counters: [copyOf('copy-1'), copyOf('copy-2')] }
const acknowledged = (label: string, record: number) => measured('acknowledged', label, { pod: 'client', value: { record } })
const around = [acknowledged('before', 100), acknowledged('after', 120)] as const
const copy = (pod: string, value: FoundCopy) => measured('copy', 'copied', { pod, value })
const whole: FoundCopy = { started: true, counter: { first: 1, last: 110, rows: 110, total: 110, damaged: 0 }, said: '' }
const both = (second: FoundCopy) => historyOf(...around, copy('copy-1', whole), copy('copy-2', second))

export const copiesDamaged = {
  upholds: [
    { title: 'one does not start', params, history: both({ started: false, counter: null, said: '' }) },
    { title: 'one has a gap', params, history: both({ ...whole, counter: { first: 1, last: 110, rows: 60, total: 110, damaged: 0 } }) },
    { title: 'one cannot be read', params, history: both({ started: true, counter: null, said: 'could not read block 3' }) },
    { title: 'one is damaged', params, history: both({ ...whole, said: 'heap table "counter": xmin 900 exceeds 800' }) },
  ],
  rejects: [{ title: 'both are whole', params, history: both(whole) }],
  gaps: [
    { title: 'one was never looked at', params, history: historyOf(...around, copy('copy-1', whole)) },
    { title: 'nothing kept of what was acknowledged', params, history: historyOf(copy('copy-1', whole), copy('copy-2', whole)) },
  ],
} satisfies Examples<typeof checks.copiesDamaged>
