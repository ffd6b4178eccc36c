import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './drained.ts'
import { historyOf, type LiteralEntry } from '../../engine/history/literal.ts'

const drain = { node: 'one', label: 'first' }
const drained = (exitCode: number, said: string): LiteralEntry => ({
  type: 'measurement',
  what: 'drain',
  label: 'first',
  subject: { kind: 'Node', name: 'one' },
  value: { exitCode, said },
})
const refusal = 'cannot delete Pods with local storage (use --delete-emptydir-data to override): hf-example/web-0'
const naming = ['web-0', '--delete-emptydir-data']
const never = { title: 'never drained', history: historyOf() }

export const drainDone = {
  upholds: [{ title: 'ended well', params: { drain }, history: historyOf(drained(0, 'node/one drained')) }],
  rejects: [{ title: 'refused', params: { drain }, history: historyOf(drained(1, refusal)) }],
  gaps: [{ ...never, params: { drain } }],
} satisfies Examples<typeof checks.drainDone>

export const drainRefused = {
  upholds: [{ title: 'refused', params: { drain, naming }, history: historyOf(drained(1, refusal)) }],
  rejects: [
    { title: 'went through', params: { drain, naming }, history: historyOf(drained(0, 'evicting pod hf-example/web-0')) },
    { title: 'for another Pod', params: { drain, naming: ['web-1'] }, history: historyOf(drained(1, refusal)) },
  ],
  gaps: [{ ...never, params: { drain, naming } }],
} satisfies Examples<typeof checks.drainRefused>
