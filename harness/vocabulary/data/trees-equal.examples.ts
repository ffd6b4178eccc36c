import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './trees-equal.ts'
import type { Tree, TreeEntry } from './tree.ts'
import type { TreePair } from './trees-equal.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const root: TreeEntry = { path: '.', type: 'directory', mode: '0755', uid: 0, gid: 0, mtimeNs: '1' }
const file: TreeEntry = { ...root, path: 'a.txt', type: 'file', mode: '0644', size: 3, sha256: 'aa', sparse: false }
const full: Tree = { root: '/data', entries: [root, file] }
const params = { expected: { pod: 'web-0', label: 'before' }, actual: { pod: 'web-0', label: 'after' } }

const forgetful: TreePair = { ...params, forgets: [{ field: 'mtimeNs', type: 'directory' }] }

const pair = (before: Tree, after: Tree) =>
  historyOf(measured('tree', 'before', { pod: 'web-0', value: before }), measured('tree', 'after', { pod: 'web-0', value: after }))

export const treesEqual = {
  upholds: [
    { title: 'the same tree twice', params, history: pair(full, full) },
    {
      title: 'a gap in a watch says nothing about data',
      params,
      history: historyOf(
        { type: 'gap', kind: 'Pod', reason: '410 Gone' },
        measured('tree', 'before', { pod: 'web-0', value: full }),
        measured('tree', 'after', { pod: 'web-0', value: full }),
      ),
    },
    {
      title: 'only what is forgotten differs',
      params: forgetful,
      history: pair(full, { ...full, entries: [{ ...root, mtimeNs: '2' }, file] }),
    },
  ],
  rejects: [
    {
      title: 'the time of a file, where that of directories is forgotten',
      params: forgetful,
      history: pair(full, { ...full, entries: [root, { ...file, mtimeNs: '2' }] }),
    },
    { title: 'one byte changed', params, history: pair(full, { ...full, entries: [root, { ...file, sha256: 'ab' }] }) },
    { title: 'a mode changed', params, history: pair(full, { ...full, entries: [root, { ...file, mode: '0600' }] }) },
    { title: 'a file too many', params, history: pair(full, { ...full, entries: [root, file, { ...file, path: 'b.txt' }] }) },
    { title: 'an empty volume', params, history: pair(full, { ...full, entries: [root] }) },
    { title: 'no directory at all', params, history: pair(full, { ...full, entries: [] }) },
  ],
  gaps: [
    { title: 'never read again', params, history: historyOf(measured('tree', 'before', { pod: 'web-0', value: full })) },
    { title: 'read in another Pod only', params, history: historyOf(measured('tree', 'before', { pod: 'web-1', value: full })) },
    { title: 'nothing was ever written', params, history: pair({ ...full, entries: [root] }, { ...full, entries: [root] }) },
  ],
} satisfies Examples<typeof checks.treesEqual>
