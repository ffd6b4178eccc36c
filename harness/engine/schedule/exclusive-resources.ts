import type { Guarantee } from '../guarantee.ts'
import { pause } from '../pause.ts'

/** Lock that every guarantee shares and a disruptive one takes exclusively. */
const wholeCluster = 'cluster'

/**
 * Runs a guarantee once it has the exclusive resources that it names: a disruptive guarantee runs alone, two that hold the same resource
 * run one after the other. Test workers are threads of one process and share its locks.
 */
export async function withExclusiveResources(guarantee: Pick<Guarantee, 'disruptive' | 'holds'>, work: () => Promise<void>): Promise<void> {
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

/** Seconds between two attempts to take a lock. */
const betweenLooks = 0.5

/**
 * Runs the work while it holds a lock. It polls, because Node 24 wakes the threads of queued lock requests in turn without end, which costs
 * every core and gigabytes of memory until the queue is short again.
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
