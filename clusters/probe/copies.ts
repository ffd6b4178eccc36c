import type { V1PersistentVolume } from '@kubernetes/client-node'
import { attempt, type Attempt, awaited, boundPvc, type Probe, readyPod, secondsSince } from './probe-context.ts'
import { probeSnapshot } from './probe-objects.ts'

/** What came of copying a volume. */
export interface Copies {
  /** Absent where there is no VolumeSnapshotClass to probe. */
  readonly snapshot?: Attempt
  readonly clone: Attempt
  /** Until a VolumeSnapshot was ready, and until a PersistentVolumeClaim made from it was Bound. */
  readonly snapshotSeconds?: number
  readonly restoreSeconds?: number
}

const source = 'source'

/** What is copied, and how. */
interface Copied {
  /** A volume of the class. */
  readonly pv: V1PersistentVolume
  readonly snapshotClass: string | undefined
}

/** Takes a VolumeSnapshot of a volume and restores it, then clones the volume. */
export async function copies(probe: Probe, { pv, snapshotClass }: Copied): Promise<Copies> {
  const made = await attempt(probe, source, async () => {
    await boundPvc(probe, source, {})
    await readyPod(probe, `${source}-user`, { pvc: source })
    return 'a volume was made'
  })
  if (!made.isThere) return { clone: made, ...(snapshotClass !== undefined && { snapshot: made }) }
  const ofSnapshot = snapshotClass === undefined ? {} : await snapshotOf(probe, snapshotClass)
  return { ...ofSnapshot, clone: isOfCsiDriver(pv) ? await cloneOf(probe) : noClone }
}

// Other provisioners ignore where data is to come from: what they bind is an empty volume.
const noClone: Attempt = { isThere: false, seen: 'only CSI drivers clone volumes, and its PersistentVolume is of none', seconds: 0 }

/** Whether a CSI driver serves a volume, also in place of a plug-in that Kubernetes once had. */
function isOfCsiDriver({ metadata, spec }: V1PersistentVolume): boolean {
  return spec?.csi !== undefined || metadata?.annotations?.['pv.kubernetes.io/migrated-to'] !== undefined
}

async function cloneOf(probe: Probe): Promise<Attempt> {
  return await attempt(probe, 'clone', async () => {
    await boundPvc(probe, 'clone', { from: { kind: 'PersistentVolumeClaim', name: source } })
    return 'a PersistentVolumeClaim with another one as its source was Bound'
  })
}

async function snapshotOf(probe: Probe, snapshotClass: string): Promise<Omit<Copies, 'clone'>> {
  const { api, place, seen } = probe
  let snapshotSeconds: number | undefined
  let restoreSeconds: number | undefined
  const snapshot = await attempt(probe, 'moment', async () => {
    let started = Date.now()
    await api.objects.create(probeSnapshot(place, 'moment', { pvc: source, snapshotClass }))
    await awaited(probe, 'a VolumeSnapshot that is ready', () => (seen.snapshot('moment')?.status?.readyToUse === true ? true : undefined))
    snapshotSeconds = secondsSince(started)
    started = Date.now()
    await boundPvc(probe, 'moment-restored', { from: { kind: 'VolumeSnapshot', name: 'moment' } })
    restoreSeconds = secondsSince(started)
    return `a VolumeSnapshot of class ${snapshotClass} was ready in ${snapshotSeconds} s, and a PersistentVolumeClaim made from it was Bound`
  })
  return {
    snapshot,
    ...(snapshotSeconds !== undefined && { snapshotSeconds }),
    ...(restoreSeconds !== undefined && { restoreSeconds }),
  }
}
