import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './read-ahead-is.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { found: { pod: 'holder', label: 'after' }, kibibytes: 512 }
const found = (kibibytes: number) => historyOf(measured('read-ahead', 'after', { pod: 'holder', value: { directory: '/data', kibibytes } }))

export const readAheadIs = {
  upholds: [{ title: 'as told', params, history: found(512) }],
  rejects: [{ title: 'unchanged', params, history: found(256) }],
  gaps: [{ title: 'never read', params, history: historyOf() }],
} satisfies Examples<typeof checks.readAheadIs>
