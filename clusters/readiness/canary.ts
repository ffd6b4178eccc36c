import type { KubernetesObject, V1PersistentVolumeClaim, V1VolumeAttachment } from '@kubernetes/client-node'
import { untilReady, type ClusterApi, type ObjectReference } from '../api.ts'
import { driverName } from '../profiles/default-profile.ts'
import { className, systemNamespace } from '../../contract/system.ts'

interface Snapshot extends KubernetesObject {
  readonly status?: { readonly readyToUse?: boolean }
}

const pvc: ObjectReference = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'canary', namespace: systemNamespace }
const snapshot: ObjectReference = {
  apiVersion: 'snapshot.storage.k8s.io/v1',
  kind: 'VolumeSnapshot',
  name: 'canary',
  namespace: systemNamespace,
}
const attachment: ObjectReference = { apiVersion: 'storage.k8s.io/v1', kind: 'VolumeAttachment', name: 'holdfast-canary' }

function canaryPvc(storage: string): KubernetesObject & Record<string, unknown> {
  return {
    ...manifest(pvc),
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: className, resources: { requests: { storage } } },
  }
}

function manifest(reference: ObjectReference): KubernetesObject {
  const { apiVersion, kind, name, namespace } = reference
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } }
}

/**
 * Proves that the caches of every controller have synced by giving each one object to act on: the provisioner makes a volume, then the
 * attacher attaches it, the snapshotter and the snapshot controller take a snapshot, and the resizer grows it, all at once.
 */
export async function provenByCanary(
  api: ClusterApi,
  options: { readonly node: string; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const signal = options.signal === undefined ? {} : { signal: options.signal }
  // What cannot be removed is told beside what went wrong before, and keeps nothing else from being removed.
  await using stack = new AsyncDisposableStack()
  for (const each of [pvc, snapshot, attachment]) stack.defer(async () => api.delete(each))
  await api.apply(canaryPvc('320Mi'))
  await untilReady({
    what: 'csi-provisioner',
    within: 60,
    ...signal,
    async look() {
      const phase = (await api.read<V1PersistentVolumeClaim>(pvc))?.status?.phase
      return phase === 'Bound' ? undefined : `its canary PersistentVolumeClaim is ${phase ?? 'without a status'}`
    },
  })
  const volumeName = (await api.read<V1PersistentVolumeClaim>(pvc))?.spec?.volumeName ?? ''
  const request: KubernetesObject & Record<string, unknown> = {
    ...manifest(attachment),
    spec: { attacher: driverName, nodeName: options.node, source: { persistentVolumeName: volumeName } },
  }
  const cut: KubernetesObject & Record<string, unknown> = {
    ...manifest(snapshot),
    spec: { volumeSnapshotClassName: className, source: { persistentVolumeClaimName: pvc.name } },
  }
  await Promise.all([api.apply(request), api.apply(cut), api.apply(canaryPvc('336Mi'))])
  await Promise.all([
    untilReady({
      what: 'csi-attacher',
      within: 60,
      ...signal,
      look: async () =>
        (await api.read<V1VolumeAttachment>(attachment))?.status?.attached === true
          ? undefined
          : 'its canary VolumeAttachment is not attached',
    }),
    untilReady({
      what: 'csi-snapshotter or snapshot-controller',
      within: 60,
      ...signal,
      look: async () =>
        (await api.read<Snapshot>(snapshot))?.status?.readyToUse === true ? undefined : 'their canary VolumeSnapshot is not ready to use',
    }),
    untilReady({ what: 'csi-resizer', within: 60, ...signal, look: async () => await missingGrowth(api) }),
  ])
}

async function missingGrowth(api: ClusterApi): Promise<string | undefined> {
  const status = (await api.read<V1PersistentVolumeClaim>(pvc))?.status
  const pending =
    status?.conditions?.some((condition) => condition.type === 'FileSystemResizePending' && condition.status === 'True') ?? false
  return pending || status?.capacity?.['storage'] === '336Mi' ? undefined : 'its canary PersistentVolumeClaim has not grown'
}
