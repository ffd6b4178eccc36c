import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './increment-smaller.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { sizes: { pod: 'server', label: 'both' } }
const sizes = (full: number, increment: number) =>
  historyOf(measured('base-backups', 'both', { pod: 'server', value: { full, increment } }))

export const incrementSmaller = {
  upholds: [
    { title: 'a tenth', params, history: sizes(20_000_000, 2_000_000) },
    { title: 'half', params, history: sizes(20_000_000, 10_000_000) },
  ],
  rejects: [{ title: 'as large', params, history: sizes(20_000_000, 20_000_000) }],
  gaps: [
    { title: 'never measured', params, history: historyOf() },
    { title: 'empty', params, history: sizes(0, 0) },
  ],
} satisfies Examples<typeof checks.incrementSmaller>
