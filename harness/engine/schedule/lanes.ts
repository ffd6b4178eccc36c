import { randomBytes } from 'node:crypto'
import type { LanesOfRun } from '../../../contract/shards.ts'
import type { KubernetesApi } from '../kubernetes/api.ts'
import { ApiError } from '../kubernetes/api-error.ts'
import { Inconclusive } from '../judge/errors.ts'
import { pause } from '../pause.ts'
import { expiryByOwnClock, type Lease, leaseOf } from './lane-lease.ts'

/** How Leases of lanes are kept, in seconds. */
export interface LaneTimes {
  /** A Lease that was not renewed for so long is free: the Pod that held it is gone, or does not reach the API server. */
  readonly duration: number
  readonly betweenRenewals: number
  readonly betweenLooks: number
}

const usualTimes: LaneTimes = { duration: 60, betweenRenewals: 10, betweenLooks: 2 }

/** What shards of one run may only do in turn. */
export interface Lanes {
  /**
   * Does the work while this shard has the lane, exclusively or together with all that share it. `lost` is aborted when the Lease could not
   * be renewed in time: another shard may have it then.
   */
  within(lane: LaneRequest, work: (lost: AbortSignal) => Promise<void>): Promise<void>
}

/** A lane, by the name that all shards know it by. */
export interface LaneRequest {
  readonly name: string
  readonly mode: 'exclusive' | 'shared'
}

const sharedLabel = 'holdfast.dev/lane-shared'

/**
 * Lanes over the shards of a run, by Leases in its namespace. Who wants a lane for itself alone takes the Lease of its name, and then waits
 * for those that share the lane, each of which has a Lease of its own. Who shares one waits while its Lease is held, so nobody waits for
 * ever.
 */
export function openLanes(api: KubernetesApi, { namespace, holder }: Pick<LanesOfRun, 'namespace' | 'holder'>, times = usualTimes): Lanes {
  const leases = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`
  const isExpired = expiryByOwnClock(times.duration)
  const read = async (name: string) => api.send<Lease>({ path: `${leases}/${name}` }).catch(undefinedIf(404))
  const write = async (name: string, found: Lease | undefined, labels?: Record<string, string>): Promise<boolean> => {
    const body = leaseOf({ name, holder, found, labels, duration: times.duration })
    const request = found === undefined ? api.send({ method: 'POST', path: leases, body }) : put(name, body)
    // Somebody else was faster.
    return (await request.catch(undefinedIf(404, 409))) !== undefined
  }
  const put = async (name: string, body: Lease) => api.send<Lease>({ method: 'PUT', path: `${leases}/${name}`, body })
  const isHeldByOthers = (found: Lease | undefined) =>
    found !== undefined && ![holder, '', undefined].includes(found.spec.holderIdentity) && !isExpired(found)

  const remove = async (name: string) => {
    const found = await read(name).catch(() => undefined)
    if (found?.spec.holderIdentity !== holder) return
    const { uid, resourceVersion } = found.metadata
    const body = { preconditions: { uid, resourceVersion } }
    // Where it fails, the Lease expires.
    await api.send({ method: 'DELETE', path: `${leases}/${name}`, body }).catch(() => undefined)
  }

  /** Renews a Lease until it is released; aborts `lost` once it is not ours for certain. */
  const keep = async (name: string, { released, lost }: { readonly released: AbortSignal; readonly lost: AbortController }) => {
    let renewed = performance.now()
    while (!released.aborted) {
      await pause(times.betweenRenewals, released)
      if (released.aborted) return
      const found = await read(name).catch(() => null)
      const isOurs = found !== null && found?.spec.holderIdentity === holder
      if (isOurs && (await write(name, found).catch(() => false))) renewed = performance.now()
      const isTaken = found !== null && !isOurs
      if (isTaken || performance.now() - renewed > times.duration * 1000) return lost.abort(lostLease(`${namespace}/${name}`, times))
    }
  }

  const whileKept = async (name: string, work: (lost: AbortSignal) => Promise<void>): Promise<void> => {
    const [released, lost] = [new AbortController(), new AbortController()]
    const keeping = keep(name, { released: released.signal, lost })
    try {
      await work(lost.signal)
    } finally {
      released.abort()
      await keeping
      await remove(name)
    }
  }

  const take = async (name: string): Promise<void> => {
    const found = await read(name).catch(() => null)
    if (found !== null && !isHeldByOthers(found) && (await write(name, found).catch(() => false))) return
    await pause(times.betweenLooks)
    return take(name)
  }

  const untilNoneShares = async (lane: string): Promise<void> => {
    const query = { labelSelector: `${sharedLabel}=${lane}` }
    const shared = await api.send<{ readonly items: readonly Lease[] }>({ path: leases, query }).catch(() => undefined)
    if (shared !== undefined && !shared.items.some((found) => isHeldByOthers(found))) return
    await pause(times.betweenLooks)
    return untilNoneShares(lane)
  }

  const untilNobodyHas = async (lane: string): Promise<void> => {
    const found = await read(lane).catch(() => null)
    if (found !== null && !isHeldByOthers(found)) return
    await pause(times.betweenLooks)
    return untilNobodyHas(lane)
  }

  /** Takes a share, and gives it back where somebody wanted the lane alone in the same moment. */
  const share = async (lane: string, name: string): Promise<void> => {
    await untilNobodyHas(lane)
    const isWritten = await write(name, undefined, { [sharedLabel]: lane }).catch(() => false)
    const found = isWritten ? await read(lane).catch(() => null) : null
    if (found !== null && !isHeldByOthers(found)) return
    await remove(name)
    await pause(times.betweenLooks)
    return share(lane, name)
  }

  return {
    async within({ name, mode }, work) {
      const lane = nameOfLane(name)
      if (mode === 'exclusive') {
        await take(lane)
        await whileKept(lane, async (lost) => {
          await untilNoneShares(lane)
          await work(lost)
        })
        return
      }
      const own = `${lane}-${randomBytes(4).toString('hex')}`
      await share(lane, own)
      await whileKept(own, work)
    },
  }
}

function lostLease(lease: string, { duration }: LaneTimes): Inconclusive {
  const summary = `The Lease ${lease} was not renewed for ${duration} s: another shard may have taken it.`
  return new Inconclusive().withDetails({ reason: { summary } })
}

/** As the name of a Lease: `holds default StorageClass` is `lane-holds-default-storageclass`. */
export function nameOfLane(name: string): string {
  return `lane-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`
}

function undefinedIf(...codes: readonly number[]): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof ApiError && codes.includes(error.code)) return undefined
    throw error
  }
}
