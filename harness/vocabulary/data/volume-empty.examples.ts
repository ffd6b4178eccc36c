import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './volume-empty.ts'
import type { Tree, TreeEntry } from './tree.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { found: { pod: 'scratch', label: 'again' } }
const root: TreeEntry = { path: '.', type: 'directory', mode: '0755', uid: 0, gid: 0, mtimeNs: '1' }
const read = (entries: readonly TreeEntry[]) =>
  historyOf(measured('tree', 'again', { pod: 'scratch', value: { root: '/data', entries } satisfies Tree }))

export const volumeEmpty = {
  upholds: [{ title: 'nothing in it', params, history: read([root]) }],
  rejects: [{ title: 'something is left', params, history: read([root, { ...root, path: 'left' }]) }],
  gaps: [
    { title: 'never read', params, history: historyOf() },
    { title: 'no such directory', params, history: read([]) },
  ],
} satisfies Examples<typeof checks.volumeEmpty>
