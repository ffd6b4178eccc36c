import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './writes-refused.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { attempts: { pod: 'reader', label: 'read-only' } }
const refused = { create: 'EROFS', append: 'EROFS', remove: 'EROFS', chmod: 'EROFS' }
const stranger = { ...params, because: 'not-owned' } as const
const denied = { create: 'EACCES', append: 'EACCES', remove: 'EACCES', chmod: 'EPERM' }
const tried = (value: unknown) => historyOf(measured('write-attempts', 'read-only', { pod: 'reader', value }))

export const writesRefused = {
  upholds: [
    { title: 'all refused', params, history: tried(refused) },
    { title: 'all refused to a stranger', params: stranger, history: tried(denied) },
  ],
  rejects: [
    { title: 'one got through', params, history: tried({ ...refused, append: null }) },
    { title: 'a stranger got through', params: stranger, history: tried({ ...denied, create: null }) },
    { title: 'refused for another reason', params, history: tried({ ...refused, create: 'ENOSPC' }) },
  ],
  gaps: [{ title: 'never tried', params, history: historyOf() }],
} satisfies Examples<typeof checks.writesRefused>
