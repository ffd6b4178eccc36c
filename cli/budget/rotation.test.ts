import { expect, test } from 'vitest'
import { dayOf, daysToCover, type Item, orderOfDay, shareOfDay } from './rotation.ts'

const items: readonly Item[] = ['a/one', 'a/two', 'b/one', 'c/one', 'c/two', 'c/three'].map((id) => ({
  id,
  concept: id.slice(0, 1),
  seconds: 10,
}))
const days = Array.from({ length: 60 }, (_, day) => 20_000 + day)

test('a day is that of UTC', () => {
  expect(dayOf(new Date('1970-01-02T23:59:59Z'))).toBe(1)
})

test('a day has one order, whatever the order of the items, and nothing is lost in it', () => {
  const order = orderOfDay(items, 20_000)
  expect(orderOfDay(items.toReversed(), 20_000)).toEqual(order)
  expect(new Set(order)).toEqual(new Set(items))
  expect(new Set(days.map((day) => orderOfDay(items, day)[0])).size).toBe(items.length)
})

test('one of each concept is done however short the time is', () => {
  for (const day of days) {
    const { chosen, seconds } = shareOfDay(items, { day, minimum: 'each concept', seconds: 0 })
    expect(chosen.map(({ concept }) => concept).toSorted()).toEqual(['a', 'b', 'c'])
    expect(seconds).toBe(30)
  }
})

test('more is done while it fits', () => {
  for (const day of days) expect(shareOfDay(items, { day, minimum: 'each concept', seconds: 49 }).chosen).toHaveLength(4)
  expect(shareOfDay(items, { day: 20_000, minimum: 2, seconds: 60 }).chosen).toHaveLength(items.length)
})

test.each([0, 20, 35, 59])('every item has its turn within the days that are printed, with %d s a day', (seconds) => {
  const share = { minimum: 'each concept', seconds } as const
  const within = daysToCover(items, { ...share, day: days[0] ?? 0 })
  expect(within).toBeGreaterThan(1)
  for (const first of days) {
    const those = Array.from({ length: within }, (_, more) => shareOfDay(items, { ...share, day: first + more }).chosen).flat()
    expect(new Set(those)).toEqual(new Set(items))
  }
})

test('what runs side by side comes first, and what runs alone has a third of the time that is left', () => {
  const item = (id: string, seconds: number, alone: boolean): Item => ({ id, concept: id, seconds, alone })
  const numbers = Array.from({ length: 10 }, (_, at) => at)
  const mixed = [...numbers.map((at) => item(`alone/${at}`, 30, true)), ...numbers.map((at) => item(`beside/${at}`, 10, false))]
  const chosenWith = (seconds: number) =>
    days.map((day) => {
      const { chosen } = shareOfDay(mixed, { day, minimum: 0, seconds })
      return [true, false].map((isAlone) => chosen.filter(({ alone }) => alone === isAlone).length)
    })
  expect(new Set(chosenWith(100).map(String))).toEqual(new Set(['1,7']))
  expect(new Set(chosenWith(190).map(String))).toEqual(new Set(['3,10']))
  expect(daysToCover(mixed, { day: 20_000, minimum: 0, seconds: 100 })).toBeLessThan(20)
})

test('days of different speed spoil nothing for each other: every item has its turn all the same', () => {
  const chosen = days.slice(0, 12).flatMap((day) => shareOfDay(items, { day, minimum: 1, seconds: day % 2 === 0 ? 10 : 30 }).chosen)
  expect(new Set(chosen)).toEqual(new Set(items))
})

test('where a concept needs something done before, each day has another one, and an item of it waits for its turns', () => {
  const share = { minimum: 2, setUp: new Map(['a', 'b', 'c', 'd'].map((concept) => [concept, 100])) }
  const chosenOn = (day: number, seconds = 0) => {
    const { chosen, ...rest } = shareOfDay(items, { ...share, day, seconds })
    return { ids: chosen.map(({ id }) => id).toSorted(), ...rest }
  }
  expect([20_000, 20_001, 20_003].map((day) => chosenOn(day))).toEqual([
    { ids: ['a/one', 'a/two'], seconds: 120 },
    { ids: ['b/one'], seconds: 110 },
    { ids: [], seconds: 0 },
  ])
  expect(chosenOn(20_002, 129).ids).toHaveLength(2)
  expect(chosenOn(20_002, 130)).toEqual({ ids: ['c/one', 'c/three', 'c/two'], seconds: 130 })
  const first = days[0] ?? 0
  const within = daysToCover(items, { ...share, day: first, seconds: 0 })
  expect(new Set(Array.from({ length: within }, (_, more) => chosenOn(first + more).ids).flat()).size).toBe(items.length)
})

test('what is whole each day has its turn each day', () => {
  expect(daysToCover(items, { day: 20_000, minimum: 2, seconds: 60 })).toBe(1)
})
