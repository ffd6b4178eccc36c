import { expect, test } from 'vitest'
import type { HistoryEntry } from '../engine/history/history-entry.ts'
import { manyReady } from './growth.ts'

function seen(
  seq: number,
  name: string,
  { ready = true, event = 'MODIFIED' }: { readonly ready?: boolean; readonly event?: 'MODIFIED' | 'DELETED' } = {},
): HistoryEntry {
  const object = {
    metadata: { name, uid: name, resourceVersion: String(seq) },
    status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  }
  return { seq, at: '2026-11-30T10:00:00.000Z', type: 'observation', event, kind: 'Pod', object }
}

test('so many Pods are Ready only while all of them are', () => {
  const history = [seen(0, 'a'), seen(1, 'b', { ready: false }), seen(2, 'b'), seen(3, 'a', { ready: false }), seen(4, 'a')]
  const condition = manyReady(2)
  expect(history.map((_, index) => condition.holds(history.slice(0, index + 1)))).toEqual([false, false, true, false, true])
  expect(condition.holds([...history, seen(5, 'b', { event: 'DELETED' })])).toBe(false)
})

test('a shorter history is judged from its beginning', () => {
  const condition = manyReady(1)
  expect([condition.holds([seen(0, 'a')]), condition.holds([])]).toEqual([true, false])
})
