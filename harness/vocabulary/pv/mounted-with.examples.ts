import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './mounted-with.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { found: { pod: 'reader', label: 'mounted' }, option: 'noatime' }
const mounted = (...options: readonly string[]) => historyOf(measured('mount-options', 'mounted', { pod: 'reader', value: options }))

export const mountedWith = {
  upholds: [{ title: 'among others', params, history: mounted('rw', 'noatime') }],
  rejects: [{ title: 'missing', params, history: mounted('rw', 'relatime') }],
  gaps: [{ title: 'never read', params, history: historyOf() }],
} satisfies Examples<typeof checks.mountedWith>
