import type { LockManager } from 'node:worker_threads'
import type { LaneRequest } from './lanes.ts'

/**
 * Does the work while this thread holds a lock, if it is free. Resolves to whether it did; whoever did not asks again later. It never
 * queues, because Node 24 wakes the threads of queued requests in turn without end, which costs every core and gigabytes of memory until
 * the queue is short again.
 *
 * Node 24 grants a lock before it notes who holds it, so two threads that ask in the same moment are both granted one that is exclusive.
 * Each looks afterwards at who is noted: the later one sees both and gives it back.
 */
export async function ifFree(
  { name, mode }: LaneRequest,
  work: () => Promise<void>,
  locks: Pick<LockManager, 'request' | 'query'> = navigator.locks,
): Promise<boolean> {
  return locks.request(name, { mode, ifAvailable: true }, async (lock) => {
    if (lock === null || !(await isAsWanted({ name, mode }, locks))) return false
    await work()
    return true
  })
}

/** Whether those that are noted as holders may hold the lock together. */
async function isAsWanted({ name }: LaneRequest, locks: Pick<LockManager, 'query'>): Promise<boolean> {
  const { held } = await locks.query()
  const holders = held.filter((each) => each.name === name)
  return holders.length === 1 || holders.every(({ mode }) => mode === 'shared')
}
