import type { Guarantee } from './guarantee.ts'

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
        await navigator.locks.request(name, { mode }, inner)
      },
    work,
  )()
}
