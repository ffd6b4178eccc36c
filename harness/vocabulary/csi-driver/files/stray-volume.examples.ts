import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './stray-volume.ts'
import { gap, historyOf, type LiteralEntry, pvSeen } from '../../../engine/history/literal.ts'

const namespace = 'hf-example'
const params = { before: { namespace, label: 'before' }, after: { namespace, label: 'after' } }
const read = (label: string, value: readonly string[] | null): LiteralEntry => ({
  ...{ type: 'measurement', what: 'driver-volumes', label, subject: { kind: 'Namespace', name: namespace }, value },
})
const one = pvSeen('one', { handle: 'one' })

export const oneVolumeStray = {
  upholds: [
    { title: 'one beside the others', params, history: historyOf(read('before', ['old']), one, read('after', ['old', 'one', 'stray'])) },
  ],
  rejects: [
    { title: 'none', params, history: historyOf(read('before', ['old']), one, read('after', ['old', 'one'])) },
    { title: 'two', params, history: historyOf(read('before', []), one, read('after', ['one', 'stray', 'astray'])) },
  ],
  gaps: [
    { title: 'looked at once', params, history: historyOf(one, read('after', ['one', 'stray'])) },
    { title: 'not to be read', params, history: historyOf(read('before', null), one, read('after', null)) },
    { title: 'something was missed', params, history: historyOf(read('before', []), gap('PersistentVolume'), read('after', ['stray'])) },
  ],
} satisfies Examples<typeof checks.oneVolumeStray>
