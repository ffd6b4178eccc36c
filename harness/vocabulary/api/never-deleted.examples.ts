import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './never-deleted.ts'
import { gap, historyOf, seen } from '../../engine/history/literal.ts'

const params = { kind: 'ConfigMap', name: 'settings' }
const settings = seen('ConfigMap', 'settings')

export const neverDeleted = {
  upholds: [
    { title: 'there', params, history: historyOf(settings, settings) },
    { title: 'another deleted', params, history: historyOf(settings, seen('ConfigMap', 'other', { event: 'DELETED' })) },
  ],
  rejects: [
    { title: 'deleted', params, history: historyOf(settings, seen('ConfigMap', 'settings', { event: 'DELETED' })) },
    { title: 'marked for deletion', params, history: historyOf(settings, seen('ConfigMap', 'settings', { terminating: true })) },
    { title: 'another of that name', params, history: historyOf(settings, seen('ConfigMap', 'settings', { uid: 'other' })) },
  ],
  gaps: [
    { title: 'never seen', params, history: historyOf() },
    { title: 'perhaps deleted unseen', params, history: historyOf(settings, gap('ConfigMap')) },
  ],
} satisfies Examples<typeof checks.neverDeleted>
