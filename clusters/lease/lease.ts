import { ApiException, CoordinationV1Api, type V1Lease, V1MicroTime } from '@kubernetes/client-node'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { describeOwner, livenessOf, ownerText, parseOwner, thisOwner } from '../../contract/owner.ts'
import { clusterApi } from '../api.ts'
import { within } from '../existing/within.ts'
import { noteHolder, removeNote, startControlPlane } from './lease-note.ts'
import type { Log } from '../log.ts'
import { because, SetupError } from '../setup-error.ts'
import { ownCommand } from '../../contract/distribution.ts'

/** The Lease of a cluster. */
export const place = { namespace: 'kube-system', name: 'holdfast' } as const
const runAnnotation = 'holdfast.dev/lease-run'
const hostAnnotation = 'holdfast.dev/lease-host'

/** How a lease is kept, in seconds. */
export interface LeaseTimes {
  /** A lease that was not renewed for so long may be taken over. */
  readonly duration: number
  readonly betweenRenewals: number
  readonly betweenLooks: number
  readonly request: number
}

/** How leases are kept as a rule. */
export const usualTimes: LeaseTimes = { duration: 60, betweenRenewals: 10, betweenLooks: 2, request: 10 }

/** A cluster for one run alone; disposing of it lets the next run in. */
export type HeldLease = AsyncDisposable

/** A request of a run for exclusive use of a cluster. */
export interface LeaseRequest {
  readonly runId: string
  readonly log: Log
  readonly signal?: AbortSignal | undefined
  /**
   * Called when another run has taken the cluster over, because this process did not renew its lease, as after a suspension of the machine.
   */
  readonly lost: () => void
  readonly times?: LeaseTimes
  /** Who holds it, where that is more than this process: all shards of a run hold it together. */
  readonly holder?: string | undefined
  /** Whether it stays when this process lets go of it, for others of the same holder: it expires by itself. */
  readonly leave?: boolean | undefined
}

/**
 * Takes a cluster for one run: two would repair what the other breaks on purpose. Throws a `SetupError` that names the run which holds it.
 * The lease of a dead process is taken over, and so is one that was not renewed for 60 s by a process that cannot be seen from here. On a
 * cluster that allows no leases the run goes on without one, with a note.
 */
export async function acquireLease(record: ClusterRecord, leaseRequest: LeaseRequest): Promise<HeldLease> {
  if (record.features.includes('NodeControl')) await startControlPlane(record.name, leaseRequest.log)
  const keeping = leaseKeeping(record, leaseRequest)
  const isHeld = await keeping.acquire()
  if (isHeld) await noteHolder(record.name, leaseRequest.runId)
  const stop = new AbortController()
  const renewing = isHeld ? keeping.renewUntil(stop.signal) : Promise.resolve()
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      await renewing
      if (!isHeld || leaseRequest.leave === true) return
      await keeping.release()
      await removeNote(record.name)
    },
  }
}

function leaseKeeping(record: ClusterRecord, leaseRequest: LeaseRequest) {
  const { log, signal, times = usualTimes } = leaseRequest
  const api = clusterApi(record.kubeconfig, record.context).config.makeApiClient(CoordinationV1Api)
  const me = leaseRequest.holder ?? ownerText(thisOwner())
  const answered = async <Result>(request: Promise<Result>): Promise<Result> => {
    const otherwise = new Error(`The API server did not answer within ${times.request} s.`)
    return within(request, { seconds: times.request, otherwise })
  }
  const read = async () => answered(api.readNamespacedLease(place)).catch(undefinedIf(404))
  const write = async (found: V1Lease | undefined): Promise<boolean> => {
    const body = leaseOf({ me, found, leaseRequest, duration: times.duration })
    const request =
      found === undefined ? api.createNamespacedLease({ namespace: place.namespace, body }) : api.replaceNamespacedLease({ ...place, body })
    // Somebody else was faster.
    return (await answered(request).catch(undefinedIf(409, 404))) !== undefined
  }
  const isMine = (lease: V1Lease | undefined) => lease?.spec?.holderIdentity === me

  /** Waits until a holder that cannot be seen renews its lease or lets it expire. By our own clock: those of two machines may differ. */
  const expires = async (seen: V1Lease): Promise<boolean> => {
    let since = performance.now()
    log(`Run ${runOf(seen)} on another host or in another container holds ${record.name}: waiting up to ${times.duration} s for its lease.`)
    while (performance.now() - since < times.duration * 1000) {
      await pause(times.betweenLooks * 1000, undefined, { signal })
      try {
        const now = await read()
        if (now?.spec?.holderIdentity !== seen.spec?.holderIdentity || textOf(now?.spec?.renewTime) !== textOf(seen.spec?.renewTime))
          return false
      } catch {
        // Nobody can renew either while the API server does not answer.
        since = performance.now()
      }
    }
    return true
  }

  return {
    /** Whether there is a lease to hold: false where the cluster allows none. */
    async acquire(): Promise<boolean> {
      let expired: string | undefined
      for (;;) {
        signal?.throwIfAborted()
        let found: V1Lease | undefined
        try {
          found = await read()
          const holder = found?.spec?.holderIdentity ?? ''
          const liveness = holder === '' || holder === me ? 'dead' : livenessOf(parseOwner(holder))
          const isFree = liveness === 'dead' || holder === expired
          if (isFree) {
            if (!(await write(found))) continue
            if (found !== undefined && holder !== '' && holder !== me)
              log(`Run ${runOf(found)} held ${record.name} and has ended: taking over.`)
            return true
          }
        } catch (error) {
          if (!(error instanceof ApiException) || (error.code !== 403 && error.code !== 401)) throw silent(record.name, error)
          log(`This user may not write Leases in namespace ${place.namespace}: make sure that no other run uses ${record.name}.`)
          return false
        }
        if (found === undefined) continue
        if (livenessOf(parseOwner(found.spec?.holderIdentity)) === 'alive' || !(await expires(found))) throw inUse(record.name, found)
        expired = found.spec?.holderIdentity
      }
    },
    async renewUntil(stopped: AbortSignal): Promise<void> {
      while (!stopped.aborted) {
        const isRenewed = await read()
          .then(async (found) => {
            if (found === undefined || isMine(found)) return await write(found)
            log(`Run ${runOf(found)} took ${record.name} over, because this run did not renew its lease for ${times.duration} s.`)
            leaseRequest.lost()
            return undefined
          })
          .catch(() => false)
        if (isRenewed === undefined) return
        const seconds = isRenewed ? times.betweenRenewals : Math.min(times.betweenLooks, times.betweenRenewals) / 2
        await pause(seconds * 1000, undefined, { signal: stopped }).catch(() => undefined)
      }
    },
    /** Lets the next run in. Where that fails, it finds this process dead. */
    async release(): Promise<void> {
      const found = await read().catch(() => undefined)
      const { resourceVersion } = found?.metadata ?? {}
      if (!isMine(found)) return
      const body = { preconditions: { ...(resourceVersion !== undefined && { resourceVersion }) } }
      await answered(api.deleteNamespacedLease({ ...place, body })).catch(() => undefined)
    },
  }
}

function leaseOf(options: {
  readonly me: string
  readonly found: V1Lease | undefined
  readonly leaseRequest: LeaseRequest
  readonly duration: number
}): V1Lease {
  const { me, found, leaseRequest, duration } = options
  const now = new V1MicroTime()
  const isRenewal = found?.spec?.holderIdentity === me
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      ...place,
      annotations: { [runAnnotation]: leaseRequest.runId, [hostAnnotation]: hostname() },
      ...(found?.metadata?.resourceVersion !== undefined && { resourceVersion: found.metadata.resourceVersion }),
    },
    spec: {
      holderIdentity: me,
      leaseDurationSeconds: Math.max(1, Math.round(duration)),
      acquireTime: (isRenewal ? found.spec?.acquireTime : undefined) ?? now,
      renewTime: now,
    },
  }
}

/** The run that holds a lease. */
export function runOf(lease: V1Lease): string {
  return lease.metadata?.annotations?.[runAnnotation] ?? 'of an unknown name'
}

/** The client reads these times as text, whatever its types say. */
export function textOf(time: V1MicroTime | undefined): string {
  return time instanceof Date ? time.toISOString() : String(time)
}

/** The error for a cluster that another run uses; `fix` where another cluster would not help. */
export function inUse(
  cluster: string,
  lease: V1Lease,
  fix = `Wait until it ends, or create another cluster: ${ownCommand} up`,
): SetupError {
  const host = lease.metadata?.annotations?.[hostAnnotation]
  const since = textOf(lease.spec?.acquireTime).replace(/\.\d+Z$/, 'Z')
  const who = `${describeOwner(parseOwner(lease.spec?.holderIdentity))}${host === undefined ? '' : ` on ${host}`}, since ${since}`
  return new SetupError(`Cluster ${cluster} is in use by run ${runOf(lease)} (${who}).`, { fix })
}

/** The error for a cluster whose lease cannot be read. */
export function silent(cluster: string, error: unknown): SetupError {
  return new SetupError(`Cannot check whether a run uses cluster ${cluster}${because(error)}.`, {
    fix: 'Check that its API server answers.',
    cause: error,
  })
}

function undefinedIf(...codes: readonly number[]): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof ApiException && codes.includes(error.code)) return undefined
    throw error
  }
}
