import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './names-sort-by-age.ts'
import { gap, historyOf, type LiteralEntry, seen } from '../../engine/history/literal.ts'

const params = { of: 'data', taken: 3 }

function taken(name: string, second: number, of = 'data'): LiteralEntry {
  const entry = seen('VolumeSnapshot', name, { spec: { source: { persistentVolumeClaimName: of } } })
  if (entry.type !== 'observation') return entry
  const creationTimestamp = `2026-01-01T00:00:0${second}Z`
  return { ...entry, object: { ...entry.object, metadata: { ...entry.object.metadata, creationTimestamp } } }
}

const [first, second] = [taken('data-0901', 1), taken('data-0902', 2)]

export const namesSortByAge = {
  upholds: [
    { title: 'each later one sorts later', params, history: historyOf(first, second, taken('data-0903', 3)) },
    { title: 'one of another PVC sorts elsewhere', params, history: historyOf(first, second, taken('data-0903', 3), taken('a', 4, 'web')) },
  ],
  rejects: [
    { title: 'the youngest sorts first', params, history: historyOf(first, second, taken('data-0900', 3)) },
    { title: 'the youngest sorts between', params, history: historyOf(first, second, taken('data-09015', 3)) },
    { title: 'two of one age', params, history: historyOf(first, second, taken('data-0903', 2)) },
  ],
  gaps: [
    { title: 'two were taken', params, history: historyOf(first, second) },
    { title: 'two runs used one name', params, history: historyOf(first, second, taken('data-0902', 3)) },
    { title: 'one may have been missed', params, history: historyOf(first, second, taken('data-0903', 3), gap('VolumeSnapshot')) },
  ],
} satisfies Examples<typeof checks.namesSortByAge>
