import { expect, test } from 'vitest'
import { openHistory } from './history.ts'
import type { Watch } from './watch-list.ts'
import { openWatchList } from './watch-list.ts'

const watchOn = (kind: string): Watch => ({
  kind,
  down: () => undefined,
  catchUp: async () => undefined,
  [Symbol.asyncDispose]: async () => undefined,
})

test('a watch that was closed on purpose is not asked any more, and its kind was watched', () => {
  const list = openWatchList()
  const pods = watchOn('Pod')
  const leave = list.add({ watch: pods, key: 'pods', fromTheBeginning: true })
  expect(list.open(['Pod', 'Node'])).toEqual([pods])
  leave()
  expect(list.open(['Pod'])).toEqual([])
  expect([list.has('Pod'), list.has('Node')]).toEqual([true, false])
})

test('one late watch of a kind is enough, and the same watch opened again is not late', () => {
  const { watches } = openHistory()
  watches.add({ watch: watchOn('Pod'), key: 'pods of web', fromTheBeginning: true })()
  watches.add({ watch: watchOn('Pod'), key: 'pods of web', fromTheBeginning: false })
  expect(watches.isLate('Pod')).toBe(false)
  watches.add({ watch: watchOn('Pod'), key: 'pods of db', fromTheBeginning: false })
  expect(watches.isLate('Pod')).toBe(true)
})
