import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './devices-equal.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { expected: { pod: 'writer', label: 'before' }, actual: { pod: 'reader', label: 'restored' } }
const device = (sha256: string) => ({ device: '/dev/holdfast', sizeBytes: 320 * 1024 ** 2, sha256 })
const before = measured('device', 'before', { pod: 'writer', value: device('aa') })
const after = (sha256: string) => measured('device', 'restored', { pod: 'reader', value: device(sha256) })

export const devicesEqual = {
  upholds: [{ title: 'the same content', params, history: historyOf(before, after('aa')) }],
  rejects: [{ title: 'other content', params, history: historyOf(before, after('bb')) }],
  gaps: [
    { title: 'never written', params, history: historyOf(after('aa')) },
    { title: 'never read', params, history: historyOf(before) },
  ],
} satisfies Examples<typeof checks.devicesEqual>
