import type { Guarantee } from '../guarantee.ts'
import { pause } from '../pause.ts'
import type { LaneRequest, Lanes } from './lanes.ts'
import { ifFree } from './locks-of-threads.ts'

/** Lock that every guarantee shares and a disruptive one takes exclusively. */
const wholeCluster = 'cluster'

/** Lanes over several processes; absent where this one has the cluster for itself. */
export interface LanesBeyondProcess {
  readonly lanes: Lanes
  /** Whether any process of the run has a disruptive guarantee; if none has, nobody shares the cluster in so many words. */
  readonly anyDisruptive: boolean
}

/**
 * Runs a guarantee once it has the exclusive resources that it names: a disruptive guarantee runs alone, two that hold the same resource
 * run one after the other. Test workers are threads of one process and share its locks; shards have `beyond` in addition. What is lost to
 * another shard while the work goes on is an aborted signal.
 */
export async function withExclusiveResources(
  guarantee: Pick<Guarantee, 'disruptive' | 'holds'>,
  work: (lost: readonly AbortSignal[]) => Promise<void>,
  beyond?: LanesBeyondProcess,
): Promise<void> {
  const { disruptive = false, holds = [] } = guarantee
  // Always in the same order, so that no two wait for each other; the whole cluster last, so that nobody who has it waits for anything.
  const wanted: readonly LaneRequest[] = [
    ...holds.toSorted().map((name) => ({ name: `holds ${name}`, mode: 'exclusive' }) as const),
    { name: wholeCluster, mode: disruptive ? 'exclusive' : 'shared' },
  ]
  const takeAll = async ([first, ...others]: readonly LaneRequest[], lost: readonly AbortSignal[]): Promise<void> => {
    if (first === undefined) return work(lost)
    const isAlone = beyond === undefined || (first.name === wholeCluster && !beyond.anyDisruptive)
    await whenFree(first, async () => {
      if (isAlone) await takeAll(others, lost)
      else await beyond.lanes.within(first, async (signal) => takeAll(others, [...lost, signal]))
    })
  }
  await takeAll(wanted, [])
}

/** Seconds between two attempts to take a lock. */
const betweenLooks = 0.5

/** Runs the work while it holds a lock. */
async function whenFree(request: LaneRequest, work: () => Promise<void>): Promise<void> {
  if (await ifFree(request, work)) return
  await pause(betweenLooks)
  await whenFree(request, work)
}
