import { expect, test } from 'vitest'
import type { HistoryEntry } from '../engine/history/history-entry.ts'
import { seconds, seenAt, sentAt } from './moments.ts'

const pvc = { kind: 'PersistentVolumeClaim', name: 'a' }

function seen(at: string, phase: string, event: 'ADDED' | 'MODIFIED' | 'DELETED' = 'MODIFIED'): HistoryEntry {
  const object = { metadata: { name: 'a', uid: 'u', resourceVersion: '1' }, status: { phase } }
  return { seq: 0, at, type: 'observation', event, kind: 'PersistentVolumeClaim', object }
}

const history: readonly HistoryEntry[] = [
  { seq: 0, at: '2026-01-01T00:00:00.000Z', type: 'act', actId: '1', verb: 'apply', subject: pvc, phase: 'requested' },
  { seq: 1, at: '2026-01-01T00:00:00.020Z', type: 'act', actId: '1', verb: 'apply', subject: pvc, phase: 'accepted' },
  seen('2026-01-01T00:00:00.030Z', 'Pending', 'ADDED'),
  seen('2026-01-01T00:00:00.250Z', 'Bound'),
  seen('2026-01-01T00:00:09.000Z', 'Bound'),
  seen('2026-01-01T00:00:10.000Z', 'Lost', 'DELETED'),
]

test('time runs from the request that was sent to the first event that shows the state', () => {
  const bound = seenAt(history, pvc, ({ status }) => (status as { phase: string }).phase === 'Bound')
  expect(seconds(sentAt(history, 'apply', pvc), bound)).toBe(0.25)
})

test('what never happened is no number', () => {
  expect(() =>
    seconds(
      0,
      seenAt(history, pvc, ({ status }) => (status as { phase: string }).phase === 'Lost'),
    ),
  ).toThrow('never happened')
  expect(() => sentAt(history, 'expand', pvc)).toThrow('no expand of PersistentVolumeClaim a')
})
