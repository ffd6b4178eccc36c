import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './no-file-system.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { found: { pod: 'holder', label: 'as it came' } }
const searched = (...types: readonly string[]) =>
  historyOf(measured('signatures', 'as it came', { pod: 'holder', value: { device: '/dev/holdfast', types } }))

export const noFileSystem = {
  upholds: [{ title: 'nothing', params, history: searched() }],
  rejects: [{ title: 'a file system', params, history: searched('ext4') }],
  gaps: [{ title: 'never searched', params, history: historyOf() }],
} satisfies Examples<typeof checks.noFileSystem>
