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

const usualPolicy = 'ReadWriteOnceWithFSType'

/**
 * Features that the CSIDriver of a class decides. Shared file systems often say that they are neither attached nor given to a group, and
 * what is no CSI driver has none of it. Without a volume that was made, a group counts as applied where it may be.
 */
export function featuresOfDriver({ name, found, unread }: FoundDriver, pv?: V1PersistentVolume): readonly StatedFeature[] {
  const isCsi = found !== undefined || pv?.spec?.csi !== undefined
  const isKnown = isCsi && unread === undefined
  const why = unread ?? `there is no CSIDriver ${name}`
  const { attachRequired = true, fsGroupPolicy = usualPolicy } = found?.spec ?? {}
  const itself = found === undefined ? 'it has no CSIDriver, which stands for' : 'its CSIDriver says'
  const attached = { isThere: attachRequired, seen: `${itself} attachRequired: ${attachRequired}` }
  return [
    { feature: 'FsGroup', ...(isKnown ? fsGroup(fsGroupPolicy, { itself, pv }) : { isThere: false, seen: why }) },
    { feature: 'VolumeAttachments', ...(isKnown ? attached : { isThere: false, seen: why }) },
  ]
}

/** Unless a driver says otherwise, the kubelet takes a volume for one with owners where its file system is named. */
function fsGroup(
  policy: string,
  { itself, pv }: { readonly itself: string; readonly pv: V1PersistentVolume | undefined },
): Omit<StatedFeature, 'feature'> {
  const said = `${itself} fsGroupPolicy: ${policy}`
  const namesNone = policy === usualPolicy && pv !== undefined && (pv.spec?.csi?.fsType ?? '') === ''
  if (namesNone) return { isThere: false, seen: `${said}, and a PersistentVolume of it names no fsType` }
  return { isThere: policy !== 'None', seen: said }
}

/** Whether Pods may name volumes of a driver themselves, by its CSIDriver; where that cannot be read, it is to be tried. */
export function inlineStated({ name, found, unread }: FoundDriver): Omit<StatedFeature, 'feature'> {
  if (unread !== undefined) return { isThere: true, seen: unread }
  if (found === undefined) return { isThere: false, seen: `there is no CSIDriver ${name}` }
  const modes = found.spec.volumeLifecycleModes ?? ['Persistent']
  return { isThere: modes.includes('Ephemeral'), seen: `its CSIDriver says volumeLifecycleModes: ${modes.join(', ')}` }
}
