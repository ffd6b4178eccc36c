import type { V1PersistentVolumeClaim, V1Pod } from '@kubernetes/client-node'
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
  readonly from?: { readonly kind: 'PersistentVolumeClaim' | 'VolumeSnapshot'; readonly name: string }
}

/** Builds a PersistentVolumeClaim of the class that is probed. */
export function probePvc({ namespace, storageClass }: ProbePlace, name: string, asked: ProbePvc): V1PersistentVolumeClaim {
  const { size, accessMode = 'ReadWriteOnce', block = false, from } = asked
  const group = from?.kind === 'VolumeSnapshot' ? { apiGroup: 'snapshot.storage.k8s.io' } : {}
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace },
    spec: {
      accessModes: [accessMode],
      storageClassName: storageClass,
      resources: { requests: { storage: String(size) } },
      ...(block && { volumeMode: 'Block' }),
      ...(from && { dataSource: { ...group, ...from } }),
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
  { namespace, image, settings }: ProbePlace,
  name: string,
  { pvc, node, block = false }: { readonly pvc: string; readonly node?: string | undefined; readonly block?: boolean },
): V1Pod {
  const container = {
    name: probeContainer,
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['bash', '-c', block ? onlyWait : script],
    ...(block ? { volumeDevices: [{ name: 'data', devicePath: device }] } : { volumeMounts: [{ name: 'data', mountPath: directory }] }),
  }
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: pvc } }]
  return plainPod({ name, namespace, node, settings, spec: { containers: [container], volumes } })
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
