import { expect, test } from 'vitest'
import { withConcurrencySlot } from './concurrency-slots.ts'
import { pause } from '../pause.ts'

/** Runs ten guarantees until they are released; resolves to how many of them ran at the same time before. */
async function together(
  busy: boolean,
  {
    expected,
    heavy = false,
    sharesCluster = false,
  }: { readonly expected: number; readonly heavy?: boolean; readonly sharesCluster?: boolean },
): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let underWay = 0
  let most = 0
  const all = Array.from({ length: 10 }, async () =>
    withConcurrencySlot(
      async () => {
        underWay += 1
        most = Math.max(most, underWay)
        if (underWay === expected) void pause(1.5).then(resolve)
        await promise
        underWay -= 1
      },
      { heavy, sharesCluster, busy: () => busy },
    ),
  )
  await Promise.all(all)
  return most
}

test('a busy machine is given few guarantees at a time', async () => {
  expect(await together(true, { expected: 3 })).toBe(3)
})

test('a machine that has time is given one more every few seconds', async () => {
  expect(await together(false, { expected: 4 })).toBe(4)
})

test('what is heavy gets no more than the first slots', async () => {
  expect(await together(false, { expected: 3, heavy: true })).toBe(3)
})

test('a process of several is given one at a time, and a second one where there is time', async () => {
  expect(await together(true, { expected: 1, sharesCluster: true })).toBe(1)
  expect(await together(false, { expected: 2, sharesCluster: true })).toBe(2)
})

test('who has waited longest is next', async () => {
  const order: number[] = []
  const all = Array.from({ length: 8 }, async (_, place) => {
    await pause(place * 0.05)
    await withConcurrencySlot(
      async () => {
        order.push(place)
        await pause(0.3)
      },
      { heavy: true, busy: () => true },
    )
  })
  await Promise.all(all)
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})
