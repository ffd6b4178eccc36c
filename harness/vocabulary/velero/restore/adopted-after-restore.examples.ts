import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './adopted-after-restore.ts'
import { gap, historyOf, type LiteralEntry, podStatus, seen } from '../../../engine/history/literal.ts'

const params = { statefulSet: 'db', pods: ['db-0', 'db-1'] }
const owners = [{ kind: 'StatefulSet', name: 'db', uid: 'uid-of-db' }]
const [pending, ready] = [podStatus.pending, podStatus.ready]
const before = ['db-0', 'db-1'].flatMap((pod): readonly LiteralEntry[] => [
  seen('Pod', pod, { uid: `first ${pod}`, owners, status: ready }),
  seen('Pod', pod, { uid: `first ${pod}`, owners, status: ready, event: 'DELETED' }),
])
const restored = (pod: string) => seen('Pod', pod, { uid: `second ${pod}`, status: pending, event: 'ADDED' })
const made = (pod: string) => seen('Pod', pod, { uid: `second ${pod}`, owners, status: pending, event: 'ADDED' })
const adopted = (pod: string) => seen('Pod', pod, { uid: `second ${pod}`, owners, status: pending })
const readied = (pod: string) => seen('Pod', pod, { uid: `second ${pod}`, owners, status: ready })
const replaced = seen('Pod', 'db-1', { uid: 'third db-1', owners, status: ready })
const both = [restored('db-0'), restored('db-1'), adopted('db-0'), adopted('db-1')]

export const adoptedAfterRestore = {
  upholds: [{ title: 'restored at once and adopted', params, history: historyOf(...before, ...both, readied('db-0'), readied('db-1')) }],
  rejects: [
    { title: 'made by the StatefulSet', params, history: historyOf(...before, made('db-0'), readied('db-0'), made('db-1')) },
    { title: 'never adopted', params, history: historyOf(...before, restored('db-0'), restored('db-1')) },
    { title: 'replaced', params, history: historyOf(...before, ...both, replaced) },
    {
      title: 'one after the other',
      params,
      history: historyOf(...before, restored('db-0'), adopted('db-0'), readied('db-0'), restored('db-1'), adopted('db-1')),
    },
  ],
  gaps: [
    { title: 'a Pod may have been missed', params, history: historyOf(...before, ...both, gap('Pod')) },
    { title: 'never restored', params, history: historyOf(...before) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof checks.adoptedAfterRestore>
