import type { Guarantee } from '../guarantee.ts'
import { pause } from '../pause.ts'

/** Name of what every guarantee uses and a disruptive one has for itself. */
const wholeCluster = 'cluster'

/**
 * Does the work of a guarantee when nothing runs that it would disturb: a disruptive one alone, the others at the same time, of those that hold
 * the same thing one after the other. Test workers are threads of one process, so the locks of that process are theirs together.
 */
export async function inItsLane(guarantee: Pick<Guarantee, 'disruptive' | 'holds'>, work: () => Promise<void>): Promise<void> {
  const { disruptive = false, holds = [] } = guarantee
  // Always in the same order, so that no two wait for each other; the whole cluster last, so that nobody who has it waits for anything.
  const wanted = [
    ...holds.toSorted().map((name) => ({ name: `holds ${name}`, mode: 'exclusive' }) as const),
    { name: wholeCluster, mode: disruptive ? 'exclusive' : 'shared' } as const,
  ]
  await wanted.reduceRight<() => Promise<void>>(
    (inner, { name, mode }) =>
      async () => {
        await whenFree(name, mode, inner)
      },
    work,
  )()
}

/** Seconds between two looks whether a lock is free. */
const betweenLooks = 0.5

/**
 * Does the work once a lock is free, and holds it meanwhile. It is looked for again and again: requests of several threads that stand in line
 * have Node 24 wake these threads in turn without end, which costs every core and gigabytes of memory until the line is short again.
 */
async function whenFree(name: string, mode: 'exclusive' | 'shared', work: () => Promise<void>): Promise<void> {
  const isDone = await navigator.locks.request(name, { mode, ifAvailable: true }, async (lock) => {
    if (lock === null) return false
    await work()
    return true
  })
  if (isDone) return
  await pause(betweenLooks)
  await whenFree(name, mode, work)
}
