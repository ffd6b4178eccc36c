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

const readings = { before: { pod: 'other', label: 'before it wrote' }, after: { pod: 'other', label: 'after it wrote' } }
const reading = (label: string, sha256: string) =>
  measured('device', label, { pod: 'other', value: { device: '/dev/holdfast', sizeBytes: 8, sha256 } })

export const deviceRewritten = {
  upholds: [
    { title: 'other content', params: readings, history: historyOf(reading('before it wrote', 'a'), reading('after it wrote', 'b')) },
  ],
  rejects: [{ title: 'as before', params: readings, history: historyOf(reading('before it wrote', 'a'), reading('after it wrote', 'a')) }],
  gaps: [
    { title: 'never read before', params: readings, history: historyOf(reading('after it wrote', 'b')) },
    { title: 'never read after', params: readings, history: historyOf(reading('before it wrote', 'a')) },
  ],
} satisfies Examples<typeof checks.deviceRewritten>
