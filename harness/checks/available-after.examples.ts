import type { CheckExamplesOf as Examples } from '../define-check.ts'
import type * as checks from './available-after.ts'
import { gap, historyOf, type LiteralEntry, podAdded, seen } from './literal.ts'

const params = { statefulSet: 'web', seconds: 5 }

const readySince = (name: string, second: string) =>
  seen('Pod', name, {
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: `2026-01-01T00:00:${second}Z` }] },
  })

const web = (readyReplicas: number, availableReplicas: number) =>
  seen('StatefulSet', 'web', { status: { readyReplicas, availableReplicas } })

function createdAt(second: string): LiteralEntry {
  const added = seen('Pod', 'web-1', { event: 'ADDED' })
  if (added.type !== 'observation') return added
  const { metadata } = added.object
  return { ...added, object: { metadata: { ...metadata, creationTimestamp: `2026-01-01T00:00:${second}Z` } } }
}

export const availableAfter = {
  upholds: [
    { title: 'after its time', params, history: historyOf(podAdded('web-0'), readySince('web-0', '10'), web(1, 0), createdAt('15')) },
  ],
  rejects: [
    { title: 'too early', params, history: historyOf(podAdded('web-0'), readySince('web-0', '10'), web(1, 0), createdAt('14')) },
    { title: 'counted at once', params, history: historyOf(podAdded('web-0'), readySince('web-0', '10'), web(1, 1), createdAt('15')) },
  ],
  gaps: [
    {
      title: 'the status may have changed unseen',
      params,
      history: historyOf(gap('StatefulSet'), readySince('web-0', '10'), createdAt('15')),
    },
    { title: 'the first was never seen Ready', params, history: historyOf(podAdded('web-0'), createdAt('15')) },
    { title: 'no other was made', params, history: historyOf(podAdded('web-0'), readySince('web-0', '10'), web(1, 0)) },
  ],
} satisfies Examples<typeof checks.availableAfter>
