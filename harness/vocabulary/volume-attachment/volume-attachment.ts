/** Which volume is to be attached where. */
export interface VolumeAttachmentOptions {
  /** Name of the CSI driver that attaches. */
  readonly driver: string
  readonly node: string
  /** Name of the PersistentVolume. */
  readonly volume: string
}

/** Builds a VolumeAttachment: the request to a CSI driver to attach a volume to a node. */
export function volumeAttachment(name: string, { driver, node, volume }: VolumeAttachmentOptions) {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    metadata: { name },
    spec: { attacher: driver, nodeName: node, source: { persistentVolumeName: volume } },
  } as const
}
