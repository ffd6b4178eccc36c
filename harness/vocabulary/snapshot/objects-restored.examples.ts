import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './objects-restored.ts'
import { gap, historyOf, seen } from '../../engine/history/literal.ts'

const settings = { kind: 'ConfigMap', name: 'settings' }
const copied = { kind: 'ConfigMap', name: 'copy/settings' }
const before = seen('ConfigMap', 'settings', { uid: 'first' })
const deleted = seen('ConfigMap', 'settings', { uid: 'first', event: 'DELETED' })
const again = seen('ConfigMap', 'settings', { uid: 'second', event: 'ADDED' })
const copy = seen('ConfigMap', 'copy/settings', { event: 'ADDED' })

export const objectsRestored = {
  upholds: [
    { title: 'destroyed and back', params: { back: [settings], leftOut: [] }, history: historyOf(before, deleted, again) },
    { title: 'destroyed and left out', params: { back: [], leftOut: [settings] }, history: historyOf(before, deleted) },
    { title: 'copied', params: { back: [copied], leftOut: [] }, history: historyOf(before, copy) },
    { title: 'not copied', params: { back: [], leftOut: [copied] }, history: historyOf(before) },
  ],
  rejects: [
    { title: 'destroyed and lost', params: { back: [settings], leftOut: [] }, history: historyOf(before, deleted) },
    { title: 'back though left out', params: { back: [], leftOut: [settings] }, history: historyOf(before, deleted, again) },
    { title: 'no copy', params: { back: [copied], leftOut: [] }, history: historyOf(before) },
    { title: 'a copy of what was left out', params: { back: [], leftOut: [copied] }, history: historyOf(before, copy) },
  ],
  gaps: [
    {
      title: 'it may have come back unseen',
      params: { back: [settings], leftOut: [] },
      history: historyOf(before, deleted, gap('ConfigMap')),
    },
    { title: 'it may be there unseen', params: { back: [], leftOut: [settings] }, history: historyOf(before, deleted, gap('ConfigMap')) },
    { title: 'was never gone', params: { back: [settings], leftOut: [] }, history: historyOf(before) },
    { title: 'was never there', params: { back: [], leftOut: [settings] }, history: historyOf() },
  ],
} satisfies Examples<typeof checks.objectsRestored>
