import { ApiException, type CoreV1Event, type KubernetesObject, type V1Node, type V1Pod } from '@kubernetes/client-node'
import type { ClusterApi } from '../api.ts'
import { statusMessage } from '../existing/status-message.ts'
import { probePod, type ProbePlace, probePvc, type ProbePvc } from './probe-objects.ts'
import type { SeenObjects } from './seen-objects.ts'

/** What probes work with. */
export interface Probe {
  readonly api: ClusterApi
  readonly place: ProbePlace
  readonly seen: SeenObjects
  /** Nodes that take Pods. */
  readonly nodes: readonly V1Node[]
  /** Whether a PersistentVolumeClaim of the class gets a volume only once a Pod needs it. */
  readonly waits: boolean
  /** Bytes that a PersistentVolumeClaim asks for. */
  readonly size: number
  /** Seconds that one step of a probe may take. */
  readonly patience: number
  /** When all probes are over, in milliseconds since the epoch. */
  readonly end: number
}

/** How a probe came out. */
export interface Attempt {
  readonly isThere: boolean
  /** One sentence without a full stop. */
  readonly seen: string
  readonly seconds: number
}

/** Something was waited for and did not come. */
export class NotSeen extends Error {}

/** Seconds since a moment, to a tenth. */
export function secondsSince(started: number): number {
  return Math.round((Date.now() - started) / 100) / 10
}

/**
 * Tries something of a driver. `work` returns what it saw. A request that is refused and a state that does not come make the attempt fail,
 * with the last warning about the objects of that name; any other error is thrown.
 */
export async function attempt(probe: Pick<Probe, 'api' | 'place'>, name: string, work: () => Promise<string>): Promise<Attempt> {
  const started = Date.now()
  try {
    const seen = await work()
    return { isThere: true, seen, seconds: secondsSince(started) }
  } catch (error) {
    if (error instanceof ApiException)
      return { isThere: false, seen: `the API server refused it: ${statusMessage(error)}`, seconds: secondsSince(started) }
    if (!(error instanceof NotSeen)) throw error
    const warning = await lastWarning(probe, name)
    return { isThere: false, seen: `${error.message}${warning === undefined ? '' : `: ${warning}`}`, seconds: secondsSince(started) }
  }
}

/** Waits for something as long as one step may take. Throws `NotSeen` with what was waited for, and how long. */
export async function awaited<T>(probe: Probe, what: string, find: () => T | undefined): Promise<T> {
  const started = Date.now()
  const deadline = Math.min(probe.end, started + probe.patience * 1000)
  const found = await probe.seen.until(find, () => deadline)
  if (found !== undefined) return found
  const when = deadline === probe.end ? 'before all probes had to end' : `within ${Math.round(probe.patience)} s`
  throw new NotSeen(`${what} did not come ${when}`)
}

/** Makes a PersistentVolumeClaim, and a Pod that uses it where the class waits for one, and waits until it is Bound. */
export async function boundPvc(probe: Probe, name: string, asked: Omit<ProbePvc, 'size'> & { readonly size?: number }): Promise<void> {
  const { api, place, seen, waits, size } = probe
  await api.objects.create(probePvc(place, name, { size, ...asked }))
  if (waits) await api.objects.create(probePod(place, `${name}-user`, { pvc: name, block: asked.block ?? false }))
  await awaited(probe, 'a volume', () => (seen.pvc(name)?.status?.phase === 'Bound' ? true : undefined))
}

/**
 * Makes a Pod that uses a Bound PersistentVolumeClaim and waits until it is Ready. The first user is called `<pvc>-user`. Returns the name
 * of its node.
 */
export async function readyPod(
  probe: Probe,
  name: string,
  options: { readonly pvc: string; readonly node?: string | undefined; readonly block?: boolean },
): Promise<string> {
  const { api, place, seen, waits } = probe
  // Where the class waits, the first user of the volume was made with it.
  if (!waits || name !== `${options.pvc}-user`) await api.objects.create(probePod(place, name, options))
  const where = options.node === undefined ? '' : ` on node ${options.node}`
  return awaited(probe, `a Pod that is Ready with the volume${where}`, () => nodeOfReady(seen.pod(name)))
}

/** Deletes a Pod and waits until it is gone. */
export async function podGone(probe: Probe, name: string): Promise<void> {
  const { api, place, seen } = probe
  await api.delete({ apiVersion: 'v1', kind: 'Pod', name, namespace: place.namespace })
  await awaited(probe, 'the end of a Pod', () => (seen.pod(name) === undefined ? true : undefined))
}

/** Name of the node of a Pod that is Ready; undefined while it is not. */
export function nodeOfReady(pod: V1Pod | undefined): string | undefined {
  const isReady = pod?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true
  return isReady ? pod?.spec?.nodeName : undefined
}

/** Message of the last warning about an object whose name begins so; undefined when there is none, or when nobody may read it. */
export async function lastWarning({ api, place }: Pick<Probe, 'api' | 'place'>, name: string): Promise<string | undefined> {
  try {
    const { items } = await api.objects.list<CoreV1Event & KubernetesObject>('v1', 'Event', place.namespace)
    const about = items.filter(({ type, involvedObject }) => type === 'Warning' && involvedObject.name?.startsWith(name) === true)
    const newest = about.toSorted((one, other) => timeOf(one) - timeOf(other)).at(-1)
    return newest?.message?.trim().replaceAll(/\s+/g, ' ').replace(/\.$/, '').slice(0, 300)
  } catch (error) {
    if (error instanceof ApiException) return undefined
    throw error
  }
}

function timeOf({ lastTimestamp, eventTime, metadata }: CoreV1Event): number {
  return new Date(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? 0).getTime()
}
