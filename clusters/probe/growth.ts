import { PatchStrategy, type V1PersistentVolumeClaim } from '@kubernetes/client-node'
import { parseQuantity, quantityOf } from '../../contract/quantity.ts'
import { type FirstVolume, seenByPod } from './first-volume.ts'
import { attempt, type Attempt, awaited, NotSeen, podGone, type Probe, readyPod, secondsSince } from './probe-context.ts'

/** How a volume grew while a Pod used it, and where it did not, how once no Pod did. */
export interface Growth {
  readonly online: Attempt
  /** Absent where it grew under its Pod. */
  readonly offline?: Attempt
}

const [least, most] = ['320Mi', '1Gi'].map(parseQuantity) as [number, number]

/** A kubelet looks at a Pod that runs once a minute, up to half as much later: only then does it grow a file system that waits for it. */
const kubeletLooksWithin = 100

/** The file system grows by at least this much of what its volume grew: it keeps the rest to itself. */
const shown = 0.5

/** Expands the first volume under its Pod; where that does not work, without a Pod. */
export async function growth(probe: Probe, first: FirstVolume): Promise<Growth> {
  const by = Math.max(least, Math.min(first.capacity, most))
  const to = first.capacity + by
  const { pvc } = first
  const online = await attempt(probe, pvc, async () => {
    const started = Date.now()
    await expand(probe, pvc, to)
    await grown(probe, pvc, to)
    await shownIn(probe, { ...first, by })
    return `a volume of ${quantityOf(first.capacity)} grew to ${quantityOf(to)} under its Pod in ${secondsSince(started)} s`
  })
  if (online.isThere) return { online }
  const offline = await attempt(probe, pvc, async () => {
    await expand(probe, pvc, to)
    await podGone(probe, first.pod)
    await awaited(probe, 'a volume that is ready to grow', () => (isReady(probe.seen.pvc(pvc), to) ? true : undefined))
    const pod = `${pvc}-again`
    await readyPod(probe, pod, { pvc })
    await grown(probe, pvc, to)
    await shownIn(probe, { ...first, pod, by })
    return `a volume of ${quantityOf(first.capacity)} grew to ${quantityOf(to)} once no Pod used it`
  })
  return { online, offline }
}

async function expand({ api, place }: Probe, pvc: string, to: number): Promise<void> {
  const metadata = { name: pvc, namespace: place.namespace }
  const spec = { resources: { requests: { storage: String(to) } } }
  const change = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec }
  await api.objects.patch(change, undefined, undefined, undefined, undefined, PatchStrategy.MergePatch)
}

async function grown(probe: Probe, pvc: string, to: number): Promise<void> {
  const isGrown = () => (capacityOf(probe.seen.pvc(pvc)) >= to ? true : undefined)
  const started = Date.now()
  const within = (seconds: number) => () => Math.min(started + seconds * 1000, probe.end)
  if ((await probe.seen.until(isGrown, within(probe.patience))) === true) return
  // The driver has done its part where only the kubelet is waited for.
  if (waitsForKubelet(probe.seen.pvc(pvc)) && (await probe.seen.until(isGrown, within(kubeletLooksWithin))) === true) return
  throw new NotSeen(`a capacity of ${quantityOf(to)} did not come within ${secondsSince(started).toFixed(0)} s`)
}

/** Waits until a Pod sees the file system grow, where its size follows the volume at all. */
async function shownIn(probe: Probe, { pod, fileSystem, capacity, by }: FirstVolume & { readonly by: number }): Promise<void> {
  if (fileSystem === undefined || fileSystem > capacity * 2) return
  const deadline = Math.min(probe.end, Date.now() + probe.patience * 1000)
  let seen: number | undefined
  while (Date.now() < deadline) {
    seen = (await seenByPod(probe, pod))?.fileSystem
    if (seen !== undefined && seen >= fileSystem + shown * by) return
    await probe.seen.until(
      () => undefined,
      () => Math.min(deadline, Date.now() + 500),
    )
  }
  throw new NotSeen(
    `the capacity of the PersistentVolumeClaim grew, but its file system has ${seen ?? 'an unknown number of'} bytes as before`,
  )
}

function isReady(pvc: V1PersistentVolumeClaim | undefined, to: number): boolean {
  return waitsForKubelet(pvc) || capacityOf(pvc) >= to
}

function waitsForKubelet(pvc: V1PersistentVolumeClaim | undefined): boolean {
  return pvc?.status?.conditions?.some(({ type }) => type === 'FileSystemResizePending') === true
}

function capacityOf(pvc: V1PersistentVolumeClaim | undefined): number {
  return parseQuantity(pvc?.status?.capacity?.['storage'] ?? '0')
}
