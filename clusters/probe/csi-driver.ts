import type { V1CSIDriver, V1PersistentVolume } from '@kubernetes/client-node'
import type { Feature } from '../../contract/cluster-record.ts'

/** A feature that depends on what a driver says of itself in its CSIDriver. */
export interface StatedFeature {
  readonly feature: Feature
  readonly isThere: boolean
  /** What says so, in words without a full stop. */
  readonly seen: string
}

/** The CSIDriver of a class, if it has one, by the name of its provisioner. */
export interface FoundDriver {
  readonly name: string
  readonly found: V1CSIDriver | undefined
  /** Why it could not be read, where that is so. */
  readonly unread?: string
}

/**
 * Features that the CSIDriver of a class decides. Shared file systems often say that they are neither attached nor given to a group, and
 * what is no CSI driver has none of it. Without a volume that was made, a group counts as applied where it may be.
 */
export function featuresOfDriver({ name, found, unread }: FoundDriver, pv?: V1PersistentVolume): readonly StatedFeature[] {
  if (found === undefined) {
    const seen = unread ?? `there is no CSIDriver ${name}`
    return (['CSIVolumes', 'FsGroup', 'VolumeAttachments'] as const).map((feature) => ({ feature, isThere: false, seen }))
  }
  const { attachRequired, fsGroupPolicy } = found.spec
  const isAttached = attachRequired !== false
  return [
    { feature: 'CSIVolumes', isThere: true, seen: `there is a CSIDriver ${name}` },
    { feature: 'FsGroup', ...fsGroup(fsGroupPolicy, pv) },
    {
      feature: 'VolumeAttachments',
      isThere: isAttached,
      seen: `its CSIDriver ${isAttached ? 'has its volumes attached' : 'says attachRequired: false'}`,
    },
  ]
}

/** Unless a driver says otherwise, the kubelet takes a volume for one with owners where its file system is named. */
function fsGroup(policy = 'ReadWriteOnceWithFSType', pv?: V1PersistentVolume): Omit<StatedFeature, 'feature'> {
  const said = `its CSIDriver has fsGroupPolicy ${policy}`
  if (policy === 'File') return { isThere: true, seen: said }
  if (policy === 'None') return { isThere: false, seen: said }
  const fsType = pv?.spec?.csi?.fsType ?? ''
  const isThere = pv === undefined || fsType !== ''
  return { isThere, seen: isThere ? said : `${said}, and a PersistentVolume of it names no fsType` }
}
