import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './dumped-again.ts'
import type { Tree, TreeEntry } from '../data/tree.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { tree: { pod: 'reader', label: 'dumps' }, first: 'first.dump', second: 'second.dump', plain: 'plain.sql' }
const file = (path: string, size: number): TreeEntry => ({
  path,
  type: 'file',
  mode: '0644',
  uid: 0,
  gid: 0,
  mtimeNs: '1',
  size,
  sha256: path,
})
const read = (first: number, second: number, plain: number) => {
  const entries = [file('first.dump', first), file('second.dump', second), file('plain.sql', plain)]
  return historyOf(measured('tree', 'dumps', { pod: 'reader', value: { root: '/data', entries } satisfies Tree }))
}

export const dumpedAgain = {
  upholds: [{ title: 'all of it once more', params, history: read(300, 301, 900) }],
  rejects: [
    { title: 'not compressed', params, history: read(900, 900, 900) },
    { title: 'an increment', params, history: read(300, 20, 900) },
  ],
  gaps: [
    { title: 'never read', params, history: historyOf() },
    { title: 'one is missing', params, history: read(300, 0, 900) },
  ],
} satisfies Examples<typeof checks.dumpedAgain>
