import type { InjectedName } from '../../clusters/mutants/catalogue.ts'
import { snapshotControllerDeployment, systemNamespace } from '../../contract/system.ts'
import type { Observation, ObservedObject } from '../engine/history/history-entry.ts'
import { listed } from '../engine/kubernetes/bound-objects.ts'
import { exec } from '../engine/kubernetes/exec.ts'
import { field, latest, observationsOf, phaseOf } from '../engine/object.ts'
import { registeredDriver } from '../vocabulary/csi-driver/registered-driver.ts'
import { registrationOf } from '../vocabulary/node/delete-node.ts'
import { containerName, crash } from '../vocabulary/pod/builders/workload-container.ts'
import { ordinalOf } from '../vocabulary/pod/ordinal-of.ts'
import { restartsOf } from '../vocabulary/pod/readings.ts'
import { pvNameOf } from '../vocabulary/pvc/readings.ts'
import { attachmentsNow } from '../vocabulary/volume-attachment/attachments.ts'
import { patchedVolume, sent, type WatchedFault } from './fault.ts'

const pathOf = (namespace: string, pod: string) => `/api/v1/namespaces/${namespace}/pods/${pod}`

/** Requests that somebody else sends upon what the watches of a guarantee see. */
export const onEventFaults = {
  'pod-force-deleted': {
    sees: ['pods'],
    on(seen, site) {
      const { name, deletionTimestamp } = seen.object.metadata
      if (seen.kind !== 'Pod' || seen.event === 'DELETED' || deletionTimestamp === undefined) return undefined
      const { namespace } = site
      const request = { method: 'DELETE', path: pathOf(namespace, name), body: { gracePeriodSeconds: 0 } } as const
      return sent(request, { site, subject: { kind: 'Pod', name, namespace } })
    },
  },
  'first-pod-deleted-meanwhile': {
    sees: ['pods'],
    on(seen, site) {
      const { set, ordinal = 0 } = placeInSet(seen)
      if (ordinal === 0 || seen.object.metadata.deletionTimestamp === undefined) return undefined
      const { namespace } = site
      const name = `${set}-0`
      return sent({ method: 'DELETE', path: pathOf(namespace, name) }, { site, subject: { kind: 'Pod', name, namespace } })
    },
  },
  'pods-owned-by-predecessor': {
    sees: ['pods'],
    repeats: true,
    on(seen, site) {
      const { namespace, history } = site
      const { set, ordinal = 0 } = placeInSet(seen)
      const owner = latest(history.entries, 'Pod', `${set}-${ordinal - 1}`)
      if (seen.event !== 'ADDED' || owner === undefined) return undefined
      const { name, uid } = owner.metadata
      const body = { metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid }] } }
      const pod = seen.object.metadata.name
      // This kind of patch adds to a list of owners.
      const request = {
        method: 'PATCH',
        path: pathOf(namespace, pod),
        body,
        contentType: 'application/strategic-merge-patch+json',
      } as const
      return sent(request, { site, subject: { kind: 'Pod', name: pod, namespace } })
    },
  },
  'node-registered-again': {
    sees: ['nodes'],
    on(seen, site) {
      if (seen.kind !== 'Node' || seen.event !== 'DELETED') return undefined
      const request = { method: 'POST', path: '/api/v1/nodes', body: registrationOf(seen.object) } as const
      return sent(request, { site, subject: { kind: 'Node', name: seen.object.metadata.name } })
    },
  },
  'pods-crash-with-driver': {
    sees: ['csiNodes', 'pods'],
    on(seen, { api, cluster, history, namespace, signal }) {
      if (seen.kind !== 'CSINode' || registeredDriver(seen.object, cluster.driver) !== undefined) return undefined
      const onNode = ({ object }: Observation) => field(object, 'spec', 'nodeName') === seen.object.metadata.name
      const name = observationsOf(history.entries, 'Pod').findLast(onNode)?.object.metadata.name
      if (name === undefined) return undefined
      const send = { connection: api.connection, namespace, pod: name, container: containerName, command: crash, signal }
      return { subject: { kind: 'Pod', name, namespace }, inject: async () => exec(send) }
    },
  },
  'service-unasked': {
    sees: ['pods'],
    repeats: true,
    on(seen, site) {
      const { set } = placeInSet(seen)
      if (seen.event !== 'ADDED' || set === undefined) return undefined
      const { namespace } = site
      const selector = { 'statefulset.kubernetes.io/pod-name': seen.object.metadata.name }
      const body = { apiVersion: 'v1', kind: 'Service', metadata: { name: set }, spec: { clusterIP: 'None', selector } }
      return sent(
        { method: 'POST', path: `/api/v1/namespaces/${namespace}/services`, body },
        { site, subject: { kind: 'Service', name: set, namespace } },
      )
    },
  },
  'settings-owned-by-pod': {
    sees: ['pods'],
    on(seen, site) {
      if (seen.kind !== 'Pod' || field(seen.object, 'spec', 'volumes', '0', 'configMap', 'name') !== 'settings') return undefined
      const { namespace } = site
      const { name, uid } = seen.object.metadata
      const body = { metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid }] } }
      const path = `/api/v1/namespaces/${namespace}/configmaps/settings`
      const request = { method: 'PATCH', path, body, contentType: 'application/merge-patch+json' } as const
      return sent(request, { site, subject: { kind: 'ConfigMap', name: 'settings', namespace } })
    },
  },
  'failed-source-guarded': {
    sees: ['volumeSnapshots'],
    repeats: true,
    on(seen, site) {
      const name = field(seen.object, 'spec', 'source', 'persistentVolumeClaimName')
      const failed = field(seen.object, 'status', 'error') !== undefined && field(seen.object, 'status', 'readyToUse') !== true
      if (seen.kind !== 'VolumeSnapshot' || seen.event === 'DELETED' || !failed || typeof name !== 'string') return undefined
      const { api, namespace } = site
      const path = `/api/v1/namespaces/${namespace}/persistentvolumeclaims/${name}`
      const body = { metadata: { finalizers: ['snapshot.storage.kubernetes.io/pvc-as-source-protection'] } }
      // This kind of patch adds to a list of finalizers.
      const request = { method: 'PATCH', path, body, contentType: 'application/strategic-merge-patch+json' } as const
      const free = { metadata: { finalizers: null } }
      const revert = async () => {
        const there = await listed(api, `/api/v1/namespaces/${namespace}/persistentvolumeclaims?fieldSelector=metadata.name=${name}`)
        if (there.length > 0) await api.send({ method: 'PATCH', path, body: free, contentType: 'application/merge-patch+json' })
      }
      return { ...sent(request, { site, subject: { kind: 'PersistentVolumeClaim', name, namespace } }), revert }
    },
  },
  'attachment-deleted': {
    sees: ['pods', 'volumeAttachments'],
    on(seen, { api, history }) {
      const [attachment] = attachmentsNow(history.entries)
      if (seen.kind !== 'Pod' || restartsOf(seen.object) === 0 || attachment === undefined) return undefined
      const { name } = attachment
      const path = `/apis/storage.k8s.io/v1/volumeattachments/${name}`
      return { subject: { kind: 'VolumeAttachment', name }, inject: async () => api.send({ method: 'DELETE', path }) }
    },
  },
  'volume-made-by-hand': {
    sees: ['pvcs'],
    on(seen, site) {
      const { name, uid } = seen.object.metadata
      if (seen.kind !== 'PersistentVolumeClaim' || phaseOf(seen.object) !== 'Pending') return undefined
      const volume = `${site.namespace}-by-hand`
      const spec = {
        storageClassName: field(seen.object, 'spec', 'storageClassName'),
        capacity: field(seen.object, 'spec', 'resources', 'requests'),
        accessModes: field(seen.object, 'spec', 'accessModes'),
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: site.namespace, name, uid },
        hostPath: { path: `/run/holdfast/${volume}`, type: 'DirectoryOrCreate' },
      }
      const body = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: volume }, spec }
      return sent(
        { method: 'POST', path: '/api/v1/persistentvolumes', body },
        { site, subject: { kind: 'PersistentVolume', name: volume } },
      )
    },
  },
  'attachment-deleted-with-pod': {
    sees: ['pods', 'pvcs', 'volumeAttachments'],
    on(seen, { api, history }) {
      if (seen.kind !== 'Pod' || seen.event !== 'DELETED') return undefined
      const node = field(seen.object, 'spec', 'nodeName')
      const volumes = pvcsOf(seen.object).map((pvc) => pvNameOf(history.entries, pvc))
      const attachment = attachmentsNow(history.entries).find((each) => each.node === node && volumes.includes(each.volume))
      if (attachment === undefined) return undefined
      const { name } = attachment
      const path = `/apis/storage.k8s.io/v1/volumeattachments/${name}`
      return { subject: { kind: 'VolumeAttachment', name }, inject: async () => api.send({ method: 'DELETE', path }) }
    },
  },
  'released-freed': {
    sees: ['pvs'],
    on(seen, site) {
      if (seen.kind !== 'PersistentVolume' || seen.event === 'DELETED' || phaseOf(seen.object) !== 'Released') return undefined
      return patchedVolume(seen.object.metadata.name, { site, spec: { claimRef: null } })
    },
  },
  'snapshot-controller-kept': {
    sees: ['volumeSnapshots'],
    on(seen, site) {
      if (seen.kind !== 'VolumeSnapshot') return undefined
      const subject = { kind: 'Deployment', name: snapshotControllerDeployment, namespace: systemNamespace }
      const path = `/apis/apps/v1/namespaces/${subject.namespace}/deployments/${subject.name}`
      const body = { spec: { replicas: 1 } }
      return sent({ method: 'PATCH', path, body, contentType: 'application/merge-patch+json' }, { site, subject })
    },
  },
} as const satisfies Readonly<Record<InjectedName<'on-event'>, WatchedFault>>

/** Names of the PersistentVolumeClaims that a Pod mounts. */
function pvcsOf(pod: ObservedObject): readonly string[] {
  const volumes = field(pod, 'spec', 'volumes')
  const names = (Array.isArray(volumes) ? volumes : []).map((volume) => field(volume, 'persistentVolumeClaim', 'claimName'))
  return names.filter((name) => typeof name === 'string')
}

/** The StatefulSet that a Pod belongs to, and its ordinal there; neither for anything else. */
function placeInSet({ kind, object }: Observation): { readonly set?: string; readonly ordinal?: number | undefined } {
  const { name, ownerReferences = [] } = object.metadata
  const owner = kind === 'Pod' ? ownerReferences.find((each) => each.kind === 'StatefulSet') : undefined
  return owner === undefined ? {} : { set: owner.name, ordinal: ordinalOf(owner.name, name) }
}
