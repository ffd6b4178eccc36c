import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { temporaryPrefix } from '../../../contract/owner.ts'
import type { LaneRequest } from './lanes.ts'
import { ifFree } from './locks-of-threads.ts'

/** Asks for a lock several times in the same moment. Resolves to how many had it together, for each that had it. */
async function together(name: string, ...modes: readonly LaneRequest['mode'][]): Promise<readonly number[]> {
  const seen: number[] = []
  let now = 0
  const work = async () => {
    now += 1
    seen.push(now)
    for (let turns = 0; turns < 5; turns += 1) await new Promise(setImmediate)
    now -= 1
  }
  await Promise.all(modes.map(async (mode) => ifFree({ name: `unit: ${name}`, mode }, work)))
  return seen
}

test('an exclusive lock is held by one', async () => {
  expect(await together('exclusive', 'exclusive', 'exclusive')).toEqual([1])
})

test.each<[LaneRequest['mode'], LaneRequest['mode']]>([
  ['exclusive', 'shared'],
  ['shared', 'exclusive'],
])('of %s and %s, only the first works', async (...modes) => {
  expect(await together(modes.join(' and '), ...modes)).toEqual([1])
})

test('those that share work at the same time', async () => {
  expect(await together('shared', 'shared', 'shared')).toEqual([1, 2])
})

test('who did not get a lock is told so, and what a work throws is thrown and leaves the lock free', async () => {
  const request = { name: 'unit: told/of a "StorageClass"', mode: 'exclusive' } as const
  let inner: boolean | undefined
  expect(await ifFree(request, async () => void (inner = await ifFree(request, async () => undefined)))).toBe(true)
  expect(inner).toBe(false)
  await expect(ifFree(request, async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await ifFree(request, async () => undefined)).toBe(true)
})

test('nothing is left once nobody holds a lock', async () => {
  const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith(temporaryPrefix('locks')))
  let during: readonly string[] = []
  await ifFree({ name: 'unit: left', mode: 'shared' }, async () => void (during = left()))
  expect(during).toHaveLength(1)
  expect(left()).toEqual([])
})

const module = JSON.stringify(new URL('locks-of-threads.ts', import.meta.url).href)

/** A thread of this process that runs a program in which `ifFree` is imported. */
function thread(program: string, workerData: unknown): Worker {
  const script = `import { workerData } from 'node:worker_threads'\nimport { ifFree, releaseLocksAtExit } from ${module}\n${program}`
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`), { workerData })
}

const threads = 8
const rounds = 1000

test('threads that ask for a lock again and again never have it together', async () => {
  const counts = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT))
  const program = `
    const [now, works, overlaps] = [0, 1, 2]
    for (let round = 0; round < ${rounds}; round += 1)
      await ifFree({ name: 'unit: again and again', mode: 'exclusive' }, async () => {
        Atomics.add(workerData, works, 1)
        if (Atomics.add(workerData, now, 1) > 0) Atomics.add(workerData, overlaps, 1)
        await new Promise(setImmediate)
        Atomics.sub(workerData, now, 1)
      })`
  const ends = Array.from({ length: threads }, async () => once(thread(program, counts), 'exit'))
  expect(await Promise.all(ends)).toEqual(Array.from({ length: threads }, () => [0]))
  const [now, works, overlaps] = counts
  expect({ now, overlaps }).toEqual({ now: 0, overlaps: 0 })
  expect(works).toBeGreaterThan(threads)
})

test('what a thread held is free once it has ended', async () => {
  const request = { name: 'unit: ended', mode: 'exclusive' } as const
  const program = `releaseLocksAtExit()\nifFree(workerData, async () => { process.exit(3) })`
  expect(await once(thread(program, request), 'exit')).toEqual([3])
  expect(await ifFree(request, async () => undefined)).toBe(true)
})
