import { gap, historyOf, seen } from '../../../engine/history/literal.ts'
import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './old-revisions-kept.ts'

const params = { statefulSet: 'web', limit: 1 }
const owners = [{ kind: 'StatefulSet', name: 'web', uid: 'uid-of-web' }]
const revision = (name: string, number: number) => seen('ControllerRevision', name, { owners, revision: number })
const deleted = (name: string, number: number) => seen('ControllerRevision', name, { event: 'DELETED', owners, revision: number })

export const oldRevisionsKept = {
  upholds: [
    { title: 'none is deleted', params, history: historyOf(revision('a', 1), revision('b', 2)) },
    {
      title: 'the oldest of three is deleted',
      params,
      history: historyOf(revision('a', 1), revision('b', 2), revision('c', 3), deleted('a', 1)),
    },
  ],
  rejects: [
    { title: 'the only old one is deleted', params, history: historyOf(revision('a', 1), revision('b', 2), deleted('a', 1)) },
    {
      title: 'the newer old one is deleted',
      params,
      history: historyOf(revision('a', 1), revision('b', 2), revision('c', 3), deleted('b', 2)),
    },
    {
      title: 'one too many is deleted',
      params,
      history: historyOf(revision('a', 1), revision('b', 2), revision('c', 3), deleted('a', 1), deleted('b', 2)),
    },
  ],
  gaps: [
    { title: 'none was seen', params, history: historyOf() },
    { title: 'one may have been missed', params, history: historyOf(revision('a', 1), gap('ControllerRevision')) },
  ],
} satisfies Examples<typeof checks.oldRevisionsKept>
