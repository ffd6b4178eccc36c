import { readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { pause } from '../pause.ts'

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
 * the first slots only. `sharesCluster` says that other processes use the cluster too. Test workers are threads of one process and share
 * its locks.
 */
export async function withConcurrencySlot(
  work: () => Promise<void>,
  {
    heavy,
    sharesCluster = false,
    busy = isMachineBusy,
    pace = usualPace,
  }: { readonly heavy: boolean; readonly sharesCluster?: boolean; readonly busy?: Busy; readonly pace?: Pace },
): Promise<void> {
  const { always, atMost } = sharesCluster ? slots.sharedCluster : slots.alone
  const leave = await frontOfLine(pace)
  const begin = async () => {
    leave()
    await work()
  }
  const tryAll = async (): Promise<void> => {
    if (await inOneOf(0, always, begin)) return
    if (!heavy && (await mayStart(busy, pace)) && (await inOneOf(always, atMost, begin))) return
    await pause(pace.betweenLooks)
    await tryAll()
  }
  try {
    await tryAll()
  } finally {
    leave()
  }
}

/** Places in the queue for a slot: more than there are ever waiting. */
const places = 32

/**
 * Queues for a slot: takes the last place and moves up whenever the next one is free. Resolves at the front, to a function that leaves it.
 * The locks are polled, as in `exclusive-resources.ts`.
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
  const { promise: taken, resolve: take } = Promise.withResolvers<boolean>()
  const { promise: left, resolve: leave } = Promise.withResolvers<void>()
  void navigator.locks.request(`place ${number} of those that wait for a slot`, { ifAvailable: true }, async (lock) => {
    take(lock !== null)
    if (lock !== null) await left
  })
  return (await taken) ? leave : undefined
}

/** Does the work in the first free one of some slots. Resolves to whether there was one. */
async function inOneOf(from: number, to: number, work: () => Promise<void>): Promise<boolean> {
  if (from === to) return false
  const isDone = await navigator.locks.request(`slot ${from}`, { ifAvailable: true }, async (lock) => {
    if (lock === null) return false
    await work()
    return true
  })
  return isDone || inOneOf(from + 1, to, work)
}

/** Whether one more may start now: one at a time, while the machine is not busy. */
async function mayStart(busy: Busy, { betweenStarts }: Pace): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  void navigator.locks.request('start beyond the first slots', { ifAvailable: true }, async (lock) => {
    const may = lock !== null && !busy()
    resolve(may)
    if (may) await pause(betweenStarts)
  })
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
