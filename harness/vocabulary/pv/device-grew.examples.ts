import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './device-grew.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = {
  pvc: 'data',
  from: '320Mi',
  to: '640Mi',
  before: { pod: 'holder', label: 'before' },
  after: { pod: 'holder', label: 'after' },
}
const device = (label: string, mebibytes: number, sha256 = 'aa') =>
  measured('device', label, { pod: 'holder', value: { device: '/dev/holdfast', sizeBytes: mebibytes * 2 ** 20, sha256 } })

export const deviceGrew = {
  upholds: [{ title: 'grown', params, history: historyOf(device('before', 320), device('after', 640)) }],
  rejects: [
    { title: 'not grown', params, history: historyOf(device('before', 320), device('after', 320)) },
    { title: 'too small from the start', params, history: historyOf(device('before', 300), device('after', 640)) },
    { title: 'grown and erased', params, history: historyOf(device('before', 320), device('after', 640, 'bb')) },
  ],
  gaps: [{ title: 'not read afterwards', params, history: historyOf(device('before', 320)) }],
} satisfies Examples<typeof checks.deviceGrew>
