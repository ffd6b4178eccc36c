import type { ClusterRecord } from '../../../../contract/cluster-record.ts'
import { type Placement, workloadPod } from './pod.ts'

/** A Pod of ours with a volume that lives as long as the Pod. */
export interface EphemeralOptions extends Placement {
  readonly size: string
}

/** Builds a Pod with a generic ephemeral volume: its PersistentVolumeClaim is made with the Pod, as `<pod>-data`. */
export function ephemeralPod(
  name: string,
  { size, ...placement }: EphemeralOptions & { readonly cluster: Pick<ClusterRecord, 'storageClass'> },
) {
  const { storageClass } = placement.cluster
  const spec = { accessModes: ['ReadWriteOnce'], storageClassName: storageClass, resources: { requests: { storage: size } } }
  return workloadPod(name, { ...placement, volumes: [{ name: 'data', ephemeral: { volumeClaimTemplate: { spec } } }] })
}

/** Builds a Pod with a CSI ephemeral inline volume, which has no PersistentVolumeClaim at all. */
export function inlinePod(name: string, { size, ...placement }: EphemeralOptions & { readonly cluster: Pick<ClusterRecord, 'driver'> }) {
  const { driver } = placement.cluster
  return workloadPod(name, { ...placement, volumes: [{ name: 'data', csi: { driver, volumeAttributes: { size } } }] })
}
