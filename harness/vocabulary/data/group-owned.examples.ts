import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './group-owned.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { found: { pod: 'member', label: 'mounted' }, group: 2000 }
const entry = (path: string, gid: number) => ({ path, type: 'file', mode: '0664', uid: 0, gid, mtimeNs: '1' })
const tree = (...entries: readonly object[]) => historyOf(measured('tree', 'mounted', { pod: 'member', value: { root: '/data', entries } }))

export const groupOwned = {
  upholds: [{ title: 'all of it', params, history: tree(entry('.', 2000), entry('a', 2000)) }],
  rejects: [{ title: 'one file of another group', params, history: tree(entry('.', 2000), entry('a', 0)) }],
  gaps: [
    { title: 'never read', params, history: historyOf() },
    { title: 'nothing there', params, history: tree() },
  ],
} satisfies Examples<typeof checks.groupOwned>
