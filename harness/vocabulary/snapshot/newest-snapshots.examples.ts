import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './newest-snapshots.ts'
import { gap, historyOf, type LiteralEntry, seen } from '../../engine/history/literal.ts'

const params = { of: 'data', taken: 3, kept: 2 }

function taken(number: number, { readyToUse = true, event = 'MODIFIED' as const, of = 'data', series = 'all' } = {}): LiteralEntry {
  const entry = seen('VolumeSnapshot', `data-${number}`, {
    event,
    spec: { source: { persistentVolumeClaimName: of } },
    status: { readyToUse },
    labels: { series },
  })
  if (entry.type !== 'observation') return entry
  return {
    ...entry,
    object: { ...entry.object, metadata: { ...entry.object.metadata, creationTimestamp: `2026-01-01T00:00:0${number}Z` } },
  }
}

const removed = (number: number): LiteralEntry => {
  const entry = taken(number)
  return entry.type === 'observation' ? { ...entry, event: 'DELETED' } : entry
}

const all = [taken(1), taken(2), taken(3)] as const

export const newestSnapshots = {
  upholds: [
    { title: 'the oldest was removed', params, history: historyOf(...all, removed(1)) },
    { title: 'none is to be left', params: { ...params, kept: 0 }, history: historyOf(...all, removed(1), removed(2), removed(3)) },
    {
      title: 'another series does not count',
      params: { ...params, labels: { series: 'all' } },
      history: historyOf(...all, taken(4, { series: 'other' }), removed(1)),
    },
    { title: 'another name does not count', params: { of: 'data', taken: 1, kept: 1, prefix: 'data-3' }, history: historyOf(...all) },
  ],
  rejects: [
    { title: 'all are left', params, history: historyOf(...all) },
    { title: 'one is left where none is to be', params: { ...params, kept: 0 }, history: historyOf(...all, removed(1), removed(2)) },
    { title: 'all of the series are left', params: { ...params, labels: { series: 'all' } }, history: historyOf(...all) },
    { title: 'the newest was removed', params, history: historyOf(...all, removed(3)) },
    { title: 'none is left', params, history: historyOf(...all, removed(1), removed(2), removed(3)) },
    { title: 'one that is left is not ready', params, history: historyOf(...all, taken(3, { readyToUse: false }), removed(1)) },
  ],
  gaps: [
    { title: 'too few were taken', params, history: historyOf(taken(1), taken(2)) },
    { title: 'one may have been missed', params, history: historyOf(...all, removed(1), gap('VolumeSnapshot')) },
  ],
} satisfies Examples<typeof checks.newestSnapshots>
