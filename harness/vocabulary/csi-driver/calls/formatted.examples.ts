import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './formatted.ts'
import { historyOf, type LiteralEntry } from '../../../engine/history/literal.ts'

const read = (label: string, value: string | null): LiteralEntry => ({
  ...{ type: 'measurement', what: 'file-system', label, subject: { kind: 'PersistentVolumeClaim', name: 'data' }, value },
})
const at = (label: string) => ({ pvc: 'data', label })

const once = { found: at('once it was Bound') }

export const notFormatted = {
  upholds: [{ title: 'zeros', params: once, history: historyOf(read('once it was Bound', 'none')) }],
  rejects: [{ title: 'a file system', params: once, history: historyOf(read('once it was Bound', 'aa')) }],
  gaps: [
    { title: 'never read', params: once, history: historyOf() },
    { title: 'could not be read', params: once, history: historyOf(read('once it was Bound', null)) },
  ],
} satisfies Examples<typeof checks.notFormatted>

const params = { found: [at('first'), at('again'), at('elsewhere')] }

export const formattedOnce = {
  upholds: [{ title: 'the same', params, history: historyOf(read('first', 'aa'), read('again', 'aa'), read('elsewhere', 'aa')) }],
  rejects: [
    { title: 'another one', params, history: historyOf(read('first', 'aa'), read('again', 'aa'), read('elsewhere', 'bb')) },
    { title: 'none any more', params, history: historyOf(read('first', 'aa'), read('again', 'none'), read('elsewhere', 'aa')) },
    { title: 'none at first', params, history: historyOf(read('first', 'none'), read('again', 'none'), read('elsewhere', 'none')) },
  ],
  gaps: [
    { title: 'one look is missing', params, history: historyOf(read('first', 'aa'), read('again', 'aa')) },
    { title: 'could not be read', params, history: historyOf(read('first', 'aa'), read('again', null), read('elsewhere', 'aa')) },
    { title: 'looked at once', params: { found: [at('first')] }, history: historyOf(read('first', 'aa')) },
  ],
} satisfies Examples<typeof checks.formattedOnce>
