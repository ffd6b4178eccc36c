import { ApiException, CoreV1Api, type V1PersistentVolume } from '@kubernetes/client-node'
import { setTimeout as pause } from 'node:timers/promises'
import { parseQuantity } from '../../contract/quantity.ts'
import { attempt, type Attempt, awaited, lastWarning, nodeOfReady, NotSeen, type Probe, secondsSince } from './probe-context.ts'
import { lostAndFound, probeContainer, probePod, probePvc } from './probe-objects.ts'

/** What the first volume of a class showed. */
export interface FirstVolume {
  /** Bytes that were asked for, and bytes that the PersistentVolumeClaim got. */
  readonly asked: number
  readonly capacity: number
  /** Whether it was bound before any Pod needed it. */
  readonly isImmediate: boolean
  /** Names of its PersistentVolumeClaim and of the Pod that uses it. */
  readonly pvc: string
  readonly pod: string
  readonly pv: V1PersistentVolume
  readonly bindSeconds: number
  /** From Bound, with a Pod that uses it, to a Ready Pod; undefined where no Pod became Ready. */
  readonly attachSeconds: number | undefined
  /** Bytes of its file system; undefined where they could not be read. */
  readonly fileSystem: number | undefined
  /** Whether its root had a directory lost+found from the start; undefined where its Pod did not say so. */
  readonly lostAndFound: boolean | undefined
}

/** What a PersistentVolumeClaim asks for, until one is served: a driver may refuse what is less than its smallest volume. */
const ladder = ['320Mi', '1Gi', '10Gi', '100Gi'].map(parseQuantity)

const firstPvc = 'first'

/** A driver that refuses a size says so long before this many seconds have passed. */
const refusedWithin = 15

/** What a driver says of a size that it refuses. */
const aboutSize = /small|size|capacity|range|least|minimum/i

/** What the first volume is probed with. */
export interface FirstProbe extends Omit<Probe, 'size'> {
  /** How long a class that waits is watched to see that it does, in seconds. */
  readonly alone: number
}

/** Makes the first volume of a class and a Pod that uses it. Returns the failed attempt when the class makes none. */
export async function firstVolume(probe: FirstProbe, least: number): Promise<FirstVolume | Attempt> {
  let failed: Attempt | undefined
  const sizes = [least, ...ladder.filter((size) => size > least)]
  for (const [place, size] of sizes.entries()) {
    const name = place === 0 ? firstPvc : `${firstPvc}-${place + 1}`
    let found: FirstVolume | undefined
    const tried = await attempt(probe, name, async () => {
      found = await volumeOf({ ...probe, size }, name)
      return 'a volume was made'
    })
    if (found !== undefined) return found
    failed = tried
    // Only a refusal can be one of the size: a driver that does not answer makes no larger volume either.
    if (!aboutSize.test(tried.seen) || Date.now() > probe.end) break
  }
  return failed ?? { isThere: false, seen: 'no volume was made', seconds: 0 }
}

async function volumeOf(probe: FirstProbe & Probe, name: string): Promise<FirstVolume> {
  const { alone, api, place, seen, size, waits } = probe
  const isBound = () => (seen.pvc(name)?.status?.phase === 'Bound' ? true : undefined)
  const pod = `${name}-user`
  let started = Date.now()
  await api.objects.create(probePvc(place, name, { size }))
  const watched = started + alone * 1000
  const isImmediate = !waits || (await seen.until(isBound, () => watched)) === true
  if (!isImmediate) {
    started = Date.now()
    await api.objects.create(probePod(place, pod, { pvc: name }))
  }
  await boundOrRefused(probe, name, isBound)
  const bindSeconds = secondsSince(started)
  if (isImmediate) await api.objects.create(probePod(place, pod, { pvc: name }))
  const bound = Date.now()
  const found = seen.pvc(name)
  const pv = await api.read<V1PersistentVolume>({ apiVersion: 'v1', kind: 'PersistentVolume', name: found?.spec?.volumeName ?? '' })
  if (pv === undefined) throw new NotSeen('the PersistentVolume of a Bound PersistentVolumeClaim is not there')
  const node = await seen.until(
    () => nodeOfReady(seen.pod(pod)),
    () => Math.min(probe.end, bound + probe.patience * 1000),
  )
  const attachSeconds = node === undefined ? undefined : secondsSince(bound)
  return {
    ...{
      asked: size,
      capacity: parseQuantity(found?.status?.capacity?.['storage'] ?? '0'),
      isImmediate,
      pvc: name,
      pod,
      pv,
      bindSeconds,
      attachSeconds,
    },
    ...{ fileSystem: undefined, lostAndFound: undefined },
    ...(node !== undefined && (await seenByPod(probe, pod))),
  }
}

/** Waits until a PersistentVolumeClaim is Bound. Throws `NotSeen` when it is not, at once when its driver refuses the size. */
async function boundOrRefused(probe: Probe, name: string, isBound: () => true | undefined): Promise<void> {
  const early = Date.now() + refusedWithin * 1000
  if ((await probe.seen.until(isBound, () => Math.min(early, probe.end))) === true) return
  const warning = await lastWarning(probe, name)
  if (warning !== undefined && aboutSize.test(warning)) throw new NotSeen(`a volume of ${probe.size} bytes was refused`)
  await awaited(probe, 'a volume', isBound)
}

/** What a Pod of a probe sees of its volume: the bytes of its file system now. Undefined when its log cannot be read. */
export async function seenByPod(
  { api, place, end }: Pick<Probe, 'api' | 'place' | 'end'>,
  pod: string,
): Promise<{ readonly fileSystem: number; readonly lostAndFound: boolean } | undefined> {
  const client = api.config.makeApiClient(CoreV1Api)
  for (let looks = 0; looks < 20 && Date.now() < end; looks += 1) {
    try {
      const text = await client.readNamespacedPodLog({ name: pod, namespace: place.namespace, container: probeContainer })
      const [root, ...sizes] = text.trim().split('\n')
      const size = sizes.at(-1)
      if (size !== undefined && /^\d+$/.test(size)) return { fileSystem: Number(size), lostAndFound: root === lostAndFound }
    } catch (error) {
      if (!(error instanceof ApiException) || error.code === 403) return undefined
    }
    await pause(250)
  }
  return undefined
}
