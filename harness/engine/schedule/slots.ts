import { readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { pause } from '../pause.ts'

/**
 * How many guarantees are put to the test at the same time: `always` however busy the machine is, `atMost` while it has time for them. Controls run three
 * mutants beside each other, each in a process that has its own slots.
 */
const slots = { alone: { always: 3, atMost: 6 }, besideOthers: { always: 1, atMost: 2 } } as const

/** Share of the last ten seconds in which something waited for a core, in percent, from which on a machine is busy. */
const busyFrom = 80

/** Seconds between two starts beyond those that are always made: a start has to show in what the machine says of itself. */
const betweenStarts = 4

/** Seconds between two looks for a free slot. */
const betweenLooks = 0.5

/** Whether the machine has no time for more. */
export type Busy = () => boolean

/**
 * Does the work once a slot is free and everything that has waited longer is under way. On a busy machine more guarantees at a time would not end
 * sooner, they would only all be late, and lateness is judged. A heavy one, such as those of the profile `velero` with databases, movers of data or
 * a cluster of their own, is given the first slots alone; `beside` says that other processes do the same on this cluster. Workers are threads of one
 * process, so the locks of that process are theirs together.
 */
export async function inASlot(
  work: () => Promise<void>,
  { heavy, beside = false, busy = isMachineBusy }: { readonly heavy: boolean; readonly beside?: boolean; readonly busy?: Busy },
): Promise<void> {
  const { always, atMost } = beside ? slots.besideOthers : slots.alone
  const leave = await frontOfLine()
  const begin = async () => {
    leave()
    await work()
  }
  const tryAll = async (): Promise<void> => {
    if (await inOneOf(0, always, begin)) return
    if (!heavy && (await mayStart(busy)) && (await inOneOf(always, atMost, begin))) return
    await pause(betweenLooks)
    await tryAll()
  }
  try {
    await tryAll()
  } finally {
    leave()
  }
}

/** Places in the line of those that wait for a slot: more than there are ever waiting. */
const places = 32

/**
 * Waits in line, at the end of it first, and moves up whenever the next place is free. Resolves at the front of it, to what makes room there. It is
 * done with locks that nobody waits for, as in `lanes.ts`; which of them other threads hold is not told to anybody.
 */
async function frontOfLine(at: number = places, leaveThat: () => void = () => {}): Promise<() => void> {
  if (at === 0) return leaveThat
  const leave = await placeOf(at - 1)
  if (leave === undefined) {
    await pause(betweenLooks)
    return frontOfLine(at, leaveThat)
  }
  leaveThat()
  return frontOfLine(at - 1, leave)
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

/** Lets one through at a time, while the machine is not busy. */
async function mayStart(busy: Busy): Promise<boolean> {
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
