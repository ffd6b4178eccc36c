import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './writes-done.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { attempts: { pod: 'member', label: 'with the group' }, ways: ['create', 'append'] } as const
const done = { create: null, append: null, remove: null, chmod: 'EPERM' }
const tried = (value: unknown) => historyOf(measured('write-attempts', 'with the group', { pod: 'member', value }))

export const writesDone = {
  upholds: [{ title: 'those that matter', params, history: tried(done) }],
  rejects: [{ title: 'one refused', params, history: tried({ ...done, create: 'EACCES' }) }],
  gaps: [{ title: 'never tried', params, history: historyOf() }],
} satisfies Examples<typeof checks.writesDone>
