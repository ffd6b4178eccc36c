import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { HistoryEntry } from '../../harness/engine/history/history-entry.ts'
import { readJsonLines } from '../model/run-files.ts'
import { act, historyOf, measurement, pod } from '../testing/example-history.ts'
import { wholeRun, wholeRuns } from '../testing/whole-run.ts'
import { factsOf } from './history-facts.ts'
import { partingOf } from './history-parting.ts'

const [earlier, later] = wholeRuns

async function stored(run: (typeof wholeRuns)[number], id: string): Promise<readonly HistoryEntry[]> {
  return (await readJsonLines(join(await wholeRun(run), 'evidence', id, 'history.jsonl'))) as HistoryEntry[]
}

test.each([
  'statefulset/ordered-startup',
  'persistent-volumes/retain-keeps-data',
  'expansion/online-growth',
  'access-modes/rwo-moves-between-nodes',
])('two real runs of %s in which the same happened tell the same, whatever names, nodes and times they have', async (id) => {
  const [one, other] = [await stored(earlier, id), await stored(later, id)]
  expect(factsOf(one).length).toBeGreaterThan(20)
  expect(partingOf(one, other)).toBeUndefined()
})

test('a real history that was cut parts where it was cut, though the entries around have other numbers', async () => {
  const whole = await stored(earlier, 'statefulset/ordered-startup')
  const parting = partingOf(whole, (await stored(later, 'statefulset/ordered-startup')).slice(0, 20))
  expect(parting).toMatchObject({
    by: 'only before',
    last: { before: { entry: 20 }, after: { entry: 19 } },
    next: { before: { entry: 22 } },
  })
  expect(parting?.next.after).toBeUndefined()
})

const web = { kind: 'PersistentVolumeClaim', name: 'data' }

test('a request that is taken and was refused before is where they part', () => {
  const grown = (answer: ReturnType<typeof act>) =>
    historyOf([
      [0, act('expand', web)],
      [1.5, answer],
    ])
  const before = grown({ ...act('expand', web, 'rejected'), answer: { code: 403, reason: 'Forbidden', message: 'for 6f1c8a20b' } })
  expect(partingOf(before, grown(act('expand', web, 'accepted')))).toEqual({
    by: 'both',
    last: {
      before: { entry: 0, seconds: 0, what: 'expand PersistentVolumeClaim data requested' },
      after: { entry: 0, seconds: 0, what: 'expand PersistentVolumeClaim data requested' },
    },
    next: {
      before: { entry: 1, seconds: 1.5, what: 'expand PersistentVolumeClaim data rejected with 403 Forbidden' },
      after: { entry: 1, seconds: 1.5, what: 'expand PersistentVolumeClaim data accepted' },
    },
  })
})

test('data that came out otherwise is where they part, by its digest', () => {
  const read = (digit: string) =>
    historyOf([[0, measurement('tree', 'after', { entries: [{ path: 'wal/1', type: 'file', sha256: digit.repeat(64) }] })]])
  expect(partingOf(read('a'), read('a'))).toBeUndefined()
  expect(partingOf(read('a'), read('b'))?.next.after?.what).toBe(`tree "after" of Pod web-0: entries[wal/1].sha256 ${'b'.repeat(64)}`)
})

/** Two Pods, the second of which comes or is Ready before or after the first is Ready. */
function started(order: 'in order' | 'together', seconds: number, what: 'ADDED' | 'Ready' = 'ADDED') {
  const [ready, second] = [
    pod('web-0', 'Ready'),
    what === 'Ready' ? pod('web-1', 'Ready') : { ...pod('web-1', 'Pending'), event: 'ADDED' as const },
  ]
  return historyOf([
    [0, pod('web-0', 'Pending')],
    ...(what === 'Ready' ? [[0, pod('web-1', 'Pending')] as const] : []),
    [1, order === 'in order' ? ready : second],
    [1 + seconds, order === 'in order' ? second : ready],
  ])
}

test('a Pod that came before another was Ready is where they part, if the two lie apart in both', () => {
  expect(partingOf(started('in order', 0.2), started('together', 0.2))).toBeUndefined()
  expect(partingOf(started('in order', 2), started('together', 2))).toMatchObject({
    by: 'order',
    last: { before: { entry: 0 }, after: { entry: 0 } },
    next: { before: { entry: 1, what: 'Pod web-0: status.conditions[Ready].status True' }, after: { entry: 1, what: 'Pod web-1 appears' } },
  })
})

test('a Pod that was Ready earlier is no cause of what happened otherwise behind it, and one that came earlier is', () => {
  const asked = historyOf([[9, act('delete', web)]])
  const [inOrder, together] = [started('in order', 2), started('together', 2)]
  expect(partingOf(together, [...inOrder, ...asked])).toMatchObject({
    by: 'only after',
    next: { after: { what: 'delete PersistentVolumeClaim data requested' } },
  })
  expect(partingOf(inOrder, [...together, ...asked])).toMatchObject({ by: 'order', next: { after: { what: 'Pod web-1 appears' } } })
})

test('which of two Pods is Ready first is a matter of the machine', () => {
  expect(partingOf(started('in order', 2, 'Ready'), started('together', 2, 'Ready'))).toBeUndefined()
})

test('what differs in every run is told of no history', () => {
  const [entry] = historyOf([
    [0, { ...act('delete', { kind: 'Pod', name: 'web-6f4b9c7d5f-x2x7z', namespace: 'hf-demo-0a1b2c' }), actId: '1' }],
  ])
  expect(entry && factsOf([entry])).toMatchObject([{ what: 'delete Pod web-… requested' }])
})
