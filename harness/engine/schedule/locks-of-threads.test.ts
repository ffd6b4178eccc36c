import { once } from 'node:events'
import { type Lock, type LockOptions, Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import type { LaneRequest } from './lanes.ts'
import { ifFree } from './locks-of-threads.ts'

type Locks = Required<Parameters<typeof ifFree>>[2]
type Granted = (lock: Lock | null) => Promise<boolean>

/** Grants as Node 24 does: what it decides by is noted a moment after it decided. */
function decidingBeforeNoting(): Locks {
  const held: LaneRequest[] = []
  const isFree = ({ name, mode }: LaneRequest) => held.every((each) => each.name !== name || (mode === 'shared' && each.mode === 'shared'))
  const request = async (name: string, { mode = 'exclusive' }: LockOptions, granted: Granted) => {
    const lock: LaneRequest = { name, mode }
    if (!isFree(lock)) return granted(null)
    await new Promise(setImmediate)
    held.push(lock)
    try {
      return await granted(lock)
    } finally {
      held.splice(held.indexOf(lock), 1)
    }
  }
  return {
    request: request as Locks['request'],
    query: async () => ({ held: held.map((lock) => ({ ...lock, clientId: 'a thread' })), pending: [] }),
  }
}

/** Asks for a lock several times in the same moment. Resolves to how many had it together, for each that had it. */
async function together(...modes: readonly LaneRequest['mode'][]): Promise<readonly number[]> {
  const locks = decidingBeforeNoting()
  const seen: number[] = []
  let now = 0
  const work = async () => {
    now += 1
    seen.push(now)
    for (let turns = 0; turns < 5; turns += 1) await new Promise(setImmediate)
    now -= 1
  }
  await Promise.all(modes.map(async (mode) => ifFree({ name: 'cluster', mode }, work, locks)))
  return seen
}

test('two that are granted an exclusive lock in the same moment do not both work', async () => {
  expect(await together('exclusive', 'exclusive')).not.toContain(2)
})

test('one that is alone and one that shares do not both work', async () => {
  expect(await together('exclusive', 'shared')).not.toContain(2)
})

test('those that share work at the same time', async () => {
  expect(await together('shared', 'shared')).toEqual([1, 2])
})

test('who did not get a lock is told so, and what a work throws is thrown', async () => {
  const request = { name: 'unit: told', mode: 'exclusive' } as const
  let inner: boolean | undefined
  expect(await ifFree(request, async () => void (inner = await ifFree(request, async () => undefined)))).toBe(true)
  expect(inner).toBe(false)
  await expect(ifFree(request, async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
})

const threads = 8
const rounds = 1500

test('threads of Node that ask for a lock again and again never have it together', async () => {
  const module = JSON.stringify(new URL('locks-of-threads.ts', import.meta.url).href)
  const counts = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT))
  const script = `
    import { workerData } from 'node:worker_threads'
    import { ifFree } from ${module}
    const [now, works, overlaps] = [0, 1, 2]
    for (let round = 0; round < ${rounds}; round += 1)
      await ifFree({ name: 'unit: again and again', mode: 'exclusive' }, async () => {
        Atomics.add(workerData, works, 1)
        if (Atomics.add(workerData, now, 1) > 0) Atomics.add(workerData, overlaps, 1)
        await new Promise(setImmediate)
        Atomics.sub(workerData, now, 1)
      })`
  const url = new URL(`data:text/javascript,${encodeURIComponent(script)}`)
  const ends = Array.from({ length: threads }, async () => once(new Worker(url, { workerData: counts }), 'exit'))
  expect(await Promise.all(ends)).toEqual(Array.from({ length: threads }, () => [0]))
  const [now, works, overlaps] = counts
  expect({ now, overlaps }).toEqual({ now: 0, overlaps: 0 })
  expect(works).toBeGreaterThan(threads)
})
