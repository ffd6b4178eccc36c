import { readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import type { Aside } from '../history/history.ts'
import { pause } from '../pause.ts'
import { ifFree } from './locks-of-threads.ts'

/**
 * How many guarantees run at the same time: `always` however busy the machine is, `atMost` while it is idle enough. Controls run three
 * mutants in parallel, each in a process with its own slots.
 */
const slots = { alone: { always: 3, atMost: 6 }, sharedCluster: { always: 1, atMost: 2 } } as const

/** Share of the last ten seconds in which something waited for a core, in percent, from which on a machine is busy. */
const busyFrom = 80

/** How soon slots are taken, in seconds. */
export interface Pace {
  /** Between two starts beyond those that are always made: a start has to show in what the machine says of itself. */
  readonly betweenStarts: number
  /** Between two attempts to take a slot. */
  readonly betweenLooks: number
}

const usualPace: Pace = { betweenStarts: 4, betweenLooks: 0.5 }

/** Whether the machine has no time for more. */
export type Busy = () => boolean

/**
 * Runs the work once a slot is free and everything that has waited longer has started. On a busy machine more concurrency ends nothing
 * sooner: all are late, and lateness is judged. A heavy guarantee (profile `velero`: databases, data movers, second clusters) takes one of
 * the first slots only. What only watches that nothing happens runs `aside`: it needs no time of the machine. `sharesCluster` says that
 * other processes use the cluster too. A shard, which may share its node with others, takes `firstSlots` in place of the usual first ones.
 * Test workers are threads of one process and share its locks.
 */
export async function withConcurrencySlot(
  work: (aside: Aside) => Promise<void>,
  {
    heavy,
    sharesCluster = false,
    firstSlots,
    busy = isMachineBusy,
    pace = usualPace,
  }: {
    readonly heavy: boolean
    readonly sharesCluster?: boolean
    readonly firstSlots?: number | undefined
    readonly busy?: Busy
    readonly pace?: Pace
  },
): Promise<void> {
  const usual = sharesCluster ? slots.sharedCluster : slots.alone
  const { always, atMost } = { ...usual, ...(firstSlots !== undefined && { always: firstSlots }) }
  const take = async (): Promise<() => void> => {
    const mayTakeMore = async () => !heavy && (await mayStart(busy, pace))
    const release = (await firstFree(0, always)) ?? ((await mayTakeMore()) ? await firstFree(always, atMost) : undefined)
    if (release !== undefined) return release
    await pause(pace.betweenLooks)
    return take()
  }
  const leave = await frontOfLine(pace)
  // Two that watch at the same time may each have come back with one.
  const held: (() => void)[] = []
  let isOver = false
  const letGo = () => {
    for (const release of held.splice(0)) release()
  }
  const hold = async () => {
    held.push(await take())
    // Who gave up meanwhile needs it no more.
    if (isOver) letGo()
  }
  try {
    await hold()
    leave()
    await work(async (aside) => {
      letGo()
      try {
        return await aside()
      } finally {
        await hold()
      }
    })
  } finally {
    leave()
    isOver = true
    letGo()
  }
}

/** Places in the queue for a slot: more than there are ever waiting. */
const places = 32

/**
 * Queues for a slot: takes the last place and moves up whenever the next one is free. Resolves at the front, to a function that leaves it.
 */
async function frontOfLine(pace: Pace, at: number = places, leavePrevious: () => void = () => {}): Promise<() => void> {
  if (at === 0) return leavePrevious
  const leave = await placeOf(at - 1)
  if (leave === undefined) {
    await pause(pace.betweenLooks)
    return frontOfLine(pace, at, leavePrevious)
  }
  leavePrevious()
  return frontOfLine(pace, at - 1, leave)
}

/** Takes a place if it is free. Resolves to what leaves it. */
async function placeOf(number: number): Promise<(() => void) | undefined> {
  return lock(`place ${number} of those that wait for a slot`)
}

/** Takes the first free one of some slots. Resolves to what releases it, or to undefined where there was none. */
async function firstFree(from: number, to: number): Promise<(() => void) | undefined> {
  return from === to ? undefined : ((await lock(`slot ${from}`)) ?? firstFree(from + 1, to))
}

/** Takes a lock if it is free. Resolves to what releases it. */
async function lock(name: string): Promise<(() => void) | undefined> {
  const { promise: taken, resolve: take } = Promise.withResolvers<boolean>()
  const { promise: left, resolve: leave } = Promise.withResolvers<void>()
  const work = async () => {
    take(true)
    await left
  }
  void ifFree({ name, mode: 'exclusive' }, work).then((done) => done || take(false))
  return (await taken) ? leave : undefined
}

/** Whether one more may start now: one at a time, while the machine is not busy. */
async function mayStart(busy: Busy, { betweenStarts }: Pace): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const work = async () => {
    const may = !busy()
    resolve(may)
    if (may) await pause(betweenStarts)
  }
  void ifFree({ name: 'start beyond the first slots', mode: 'exclusive' }, work).then((done) => done || resolve(false))
  return promise
}

/** Linux tells how long something waited for a core; elsewhere the length of the queue has to do. */
function isMachineBusy(): boolean {
  try {
    const [, share = '0'] = /^some avg10=([\d.]+)/u.exec(readFileSync('/proc/pressure/cpu', 'utf8')) ?? []
    return Number(share) >= busyFrom
  } catch {
    return (loadavg()[0] ?? 0) > 2 * availableParallelism()
  }
}
