import { expect, test, vi } from 'vitest'
import { withConcurrencySlot } from './concurrency-slots.ts'
import { heldLocks } from './locks-of-threads.ts'
import { pause } from '../pause.ts'

/** Quicker than usual, in the same order: a look comes much sooner than the next start. */
const pace = { betweenStarts: 1, betweenLooks: 0.05 }

/** Shorter than the time to the next start, and long enough for all that need not wait for it. */
const meanwhile = 0.5

/** Runs ten guarantees until they are released; resolves to how many of them ran at the same time before. */
async function together(
  busy: boolean,
  {
    expected,
    heavy = false,
    sharesCluster = false,
    firstSlots,
  }: { readonly expected: number; readonly heavy?: boolean; readonly sharesCluster?: boolean; readonly firstSlots?: number },
): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let underWay = 0
  let most = 0
  const all = Array.from({ length: 10 }, async () =>
    withConcurrencySlot(
      async () => {
        underWay += 1
        most = Math.max(most, underWay)
        if (underWay === expected) void pause(meanwhile).then(resolve)
        await promise
        underWay -= 1
      },
      { heavy, sharesCluster, firstSlots, busy: () => busy, pace },
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

test('a shard beside others on a busy machine is given its share of it', async () => {
  expect(await together(true, { expected: 1, firstSlots: 1 })).toBe(1)
  expect(await together(false, { expected: 2, firstSlots: 1 })).toBe(2)
})

/** How many have a place in the queue; undefined while somebody moves up. */
function queued(): number | undefined {
  const places = heldLocks()
    .flatMap((name) => /^place (\d+) /u.exec(name)?.[1] ?? [])
    .map(Number)
  return Math.max(-1, ...places) + 1 === places.length ? places.length : undefined
}

test('who has waited longest is next', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const order: number[] = []
  const all: Promise<void>[] = []
  for (let place = 0; place < 8; place += 1) {
    const work = async () => {
      order.push(place)
      await promise
    }
    all.push(withConcurrencySlot(work, { heavy: true, busy: () => true, pace }))
    await vi.waitUntil(() => order.length + (queued() ?? 0) === place + 1, { timeout: 60_000, interval: 5 })
  }
  resolve()
  await Promise.all(all)
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

test('what only watches gives its slot to the next, and goes on once it has one again', async () => {
  const { promise: watched, resolve: endWatching } = Promise.withResolvers<void>()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const order: string[] = []
  const options = { heavy: true, sharesCluster: true, busy: () => true, pace }
  const watching = withConcurrencySlot(async (aside) => {
    await aside(async () => watched)
    order.push('goes on')
  }, options)
  const next = withConcurrencySlot(async () => {
    order.push('next')
    endWatching()
    await pause(meanwhile)
    order.push('next ends')
    await released
  }, options)
  await vi.waitUntil(() => order.length === 2, { timeout: 60_000, interval: 5 })
  release()
  await Promise.all([watching, next])
  expect(order).toEqual(['next', 'next ends', 'goes on'])
})

function slotsTaken(): number {
  return heldLocks().filter((name) => name.startsWith('slot ')).length
}

test('two that watch at the same time leave no slot taken', async () => {
  const options = { heavy: true, busy: () => true, pace }
  await withConcurrencySlot(async (aside) => {
    await Promise.all([aside(async () => pause(meanwhile / 5)), aside(async () => pause(meanwhile / 5))])
  }, options)
  await vi.waitUntil(() => slotsTaken() === 0, { timeout: 10_000, interval: 5 })
  expect(slotsTaken()).toBe(0)
})

test('who gave up while it watched leaves no slot taken', async () => {
  const options = { heavy: true, sharesCluster: true, busy: () => true, pace }
  const forsaken: Promise<void>[] = []
  await withConcurrencySlot(async (aside) => void forsaken.push(aside(async () => pause(meanwhile))), options)
  await Promise.all(forsaken)
  await withConcurrencySlot(async () => {}, options)
  await vi.waitUntil(() => slotsTaken() === 0, { timeout: 10_000, interval: 5 })
  expect(slotsTaken()).toBe(0)
})
