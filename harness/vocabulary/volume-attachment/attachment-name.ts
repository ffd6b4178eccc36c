import { createHash } from 'node:crypto'

/** The volume, the driver and the node of a VolumeAttachment that Kubernetes makes. */
export interface AttachmentByKubernetes {
  readonly volumeHandle: string
  readonly driver: string
  readonly node: string
}

/** Name of the VolumeAttachment that Kubernetes makes for a volume of a CSI driver and a node. It takes one that is there already. */
export function attachmentNameOf({ volumeHandle, driver, node }: AttachmentByKubernetes): string {
  return `csi-${createHash('sha256').update(`${volumeHandle}${driver}${node}`).digest('hex')}`
}
