import type { V1PersistentVolumeClaim, V1Pod, V1Volume } from '@kubernetes/client-node'
import type { WorkloadSettings } from '../../contract/workload.ts'
import { plainPod } from '../existing/plain-pod.ts'
import type { VolumeSnapshot } from './seen-objects.ts'

/** Where a probe makes its objects, and of what. */
export interface ProbePlace {
  readonly namespace: string
  readonly storageClass: string
  /** Image of the suites, which every node has by now. */
  readonly image: string
  /** What the user wants of every Pod. */
  readonly settings: WorkloadSettings
}

/** What a PersistentVolumeClaim of a probe asks for. */
export interface ProbePvc {
  /** Bytes. */
  readonly size: number
  readonly accessMode?: 'ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadWriteMany'
  readonly block?: boolean
  /** Value of the label by which a VolumeGroupSnapshot finds it. */
  readonly group?: string
  readonly from?: { readonly kind: 'PersistentVolumeClaim' | 'VolumeSnapshot'; readonly name: string }
}

/** Label of the PersistentVolumeClaims of a group. */
const groupLabel = 'holdfast.dev/probe-group'

/** Builds a PersistentVolumeClaim of the class that is probed. */
export function probePvc({ namespace, storageClass }: ProbePlace, name: string, asked: ProbePvc): V1PersistentVolumeClaim {
  const { size, accessMode = 'ReadWriteOnce', block = false, group, from } = asked
  const ofGroup = from?.kind === 'VolumeSnapshot' ? { apiGroup: 'snapshot.storage.k8s.io' } : {}
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace, ...(group !== undefined && { labels: { [groupLabel]: group } }) },
    spec: {
      accessModes: [accessMode],
      storageClassName: storageClass,
      resources: { requests: { storage: String(size) } },
      ...(block && { volumeMode: 'Block' }),
      ...(from && { dataSource: { ...ofGroup, ...from } }),
    },
  }
}

const [directory, device] = ['/data', '/dev/probed']

/** Directory that is at the root of a new ext4 file system. A Pod of a probe writes its name first where its volume has it. */
export const lostAndFound = 'lost+found'

/** Writes what the volume has, then the size of its file system in bytes whenever it has changed. Ends when it is told to. */
const script = `
trap 'exit 0' TERM
[ -d ${directory}/${lostAndFound} ] && echo ${lostAndFound} || echo none
last=
while true; do
  size=$(stat -f -c '%b %S' ${directory} 2>/dev/null | { read -r blocks bytes; echo $((blocks * bytes)); })
  [ "$size" = "$last" ] || echo "$size"
  last=$size
  sleep 0.3 & wait $!
done`

const onlyWait = `trap 'exit 0' TERM; sleep infinity & wait $!`

/** Name of the container of a Pod that probes: a cluster may add others. */
export const probeContainer = 'main'

/** Builds a Pod that holds a volume, at Pod Security level restricted; on one node only where that is named. */
export function probePod(
  place: ProbePlace,
  name: string,
  { pvc, node, block = false }: { readonly pvc: string; readonly node?: string | undefined; readonly block?: boolean },
): V1Pod {
  return podWith(place, name, { source: { persistentVolumeClaim: { claimName: pvc } }, node, block })
}

/** Builds a Pod that names its volume itself, at Pod Security level restricted. */
export function probeInlinePod(
  place: ProbePlace,
  name: string,
  { driver, size }: { readonly driver: string; readonly size: string },
): V1Pod {
  return podWith(place, name, { source: { csi: { driver, volumeAttributes: { size } } } })
}

function podWith(
  { namespace, image, settings }: ProbePlace,
  name: string,
  {
    source,
    node,
    block = false,
  }: { readonly source: Omit<V1Volume, 'name'>; readonly node?: string | undefined; readonly block?: boolean },
): V1Pod {
  const container = {
    name: probeContainer,
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['bash', '-c', block ? onlyWait : script],
    ...(block ? { volumeDevices: [{ name: 'data', devicePath: device }] } : { volumeMounts: [{ name: 'data', mountPath: directory }] }),
  }
  return plainPod({ name, namespace, node, settings, spec: { containers: [container], volumes: [{ name: 'data', ...source }] } })
}

/** Builds a VolumeSnapshot of a PersistentVolumeClaim. */
export function probeSnapshot(
  { namespace }: ProbePlace,
  name: string,
  { pvc, snapshotClass }: { readonly pvc: string; readonly snapshotClass: string },
): VolumeSnapshot {
  const spec = { volumeSnapshotClassName: snapshotClass, source: { persistentVolumeClaimName: pvc } }
  return { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', metadata: { name, namespace }, spec } as VolumeSnapshot
}

/** Builds a VolumeGroupSnapshot of the PersistentVolumeClaims of a group. */
export function probeGroupSnapshot(
  { namespace }: ProbePlace,
  name: string,
  { group, groupSnapshotClass }: { readonly group: string; readonly groupSnapshotClass: string },
): VolumeSnapshot {
  const spec = { volumeGroupSnapshotClassName: groupSnapshotClass, source: { selector: { matchLabels: { [groupLabel]: group } } } }
  const kind = { apiVersion: 'groupsnapshot.storage.k8s.io/v1', kind: 'VolumeGroupSnapshot' }
  return { ...kind, metadata: { name, namespace }, spec } as VolumeSnapshot
}
