import type { KubernetesObject, V1ClusterRole, V1ClusterRoleBinding, V1PolicyRule } from '@kubernetes/client-node'
import { systemNamespace } from '../../contract/system.ts'

function rule(apiGroup: string, resources: readonly string[], verbs: string): V1PolicyRule {
  return { apiGroups: [apiGroup], resources: [...resources], verbs: verbs.split(' ') }
}

const read = 'get list watch'
const events = [rule('', ['events'], 'get list watch create update patch'), rule('events.k8s.io', ['events'], 'create update patch')]

/** What the four CSI sidecars ask of the API server. */
const sidecarRules: readonly V1PolicyRule[] = [
  rule('', ['persistentvolumes'], `${read} create delete patch update`),
  rule('', ['persistentvolumes/status', 'persistentvolumeclaims/status'], 'patch update'),
  rule('', ['persistentvolumeclaims'], `${read} update patch`),
  // No secrets: no class of ours names one.
  rule('', ['nodes', 'pods'], read),
  rule('storage.k8s.io', ['storageclasses', 'csinodes', 'csidrivers', 'volumeattributesclasses'], read),
  rule('storage.k8s.io', ['volumeattachments'], `${read} update patch`),
  rule('storage.k8s.io', ['volumeattachments/status'], 'patch'),
  rule('storage.k8s.io', ['csistoragecapacities'], `${read} create update patch delete`),
  rule('apps', ['replicasets'], 'get'),
  rule('snapshot.storage.k8s.io', ['volumesnapshots', 'volumesnapshotclasses'], read),
  rule('snapshot.storage.k8s.io', ['volumesnapshots/status'], 'update patch'),
  rule('snapshot.storage.k8s.io', ['volumesnapshotcontents'], `${read} update patch`),
  rule('snapshot.storage.k8s.io', ['volumesnapshotcontents/status'], 'update patch'),
  rule('groupsnapshot.storage.k8s.io', ['volumegroupsnapshotclasses'], read),
  rule('groupsnapshot.storage.k8s.io', ['volumegroupsnapshotcontents'], `${read} update patch`),
  rule('groupsnapshot.storage.k8s.io', ['volumegroupsnapshotcontents/status'], 'update patch'),
  ...events,
]

/** What the snapshot controller asks of the API server. */
const snapshotControllerRules: readonly V1PolicyRule[] = [
  rule('', ['persistentvolumes', 'nodes'], read),
  rule('', ['persistentvolumeclaims'], `${read} update`),
  rule('storage.k8s.io', ['storageclasses'], read),
  rule('snapshot.storage.k8s.io', ['volumesnapshotclasses'], read),
  rule('snapshot.storage.k8s.io', ['volumesnapshotcontents'], `${read} create update delete patch`),
  rule('snapshot.storage.k8s.io', ['volumesnapshotcontents/status'], 'patch'),
  rule('snapshot.storage.k8s.io', ['volumesnapshots'], `${read} create update patch delete`),
  rule('snapshot.storage.k8s.io', ['volumesnapshots/status'], 'update patch'),
  rule('groupsnapshot.storage.k8s.io', ['volumegroupsnapshotclasses'], read),
  rule('groupsnapshot.storage.k8s.io', ['volumegroupsnapshotcontents'], `${read} create update delete patch`),
  rule('groupsnapshot.storage.k8s.io', ['volumegroupsnapshotcontents/status'], 'update patch'),
  rule('groupsnapshot.storage.k8s.io', ['volumegroupsnapshots'], `${read} update patch`),
  rule('groupsnapshot.storage.k8s.io', ['volumegroupsnapshots/status'], 'update patch'),
  ...events,
]

function grant(account: string, rules: readonly V1PolicyRule[]): readonly KubernetesObject[] {
  const name = `holdfast-${account}`
  const role: V1ClusterRole = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name }, rules: [...rules] }
  const binding: V1ClusterRoleBinding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: systemNamespace }],
  }
  return [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace: systemNamespace } }, role, binding]
}

/** The namespace of the system Pods. */
export const systemNamespaceObject: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: systemNamespace } }

/** The service account of the CSI driver, and what it may do. */
export function driverAccess(): readonly KubernetesObject[] {
  return grant('csi-hostpath', sidecarRules)
}

/** The service account of the snapshot controller, and what it may do. */
export function snapshotControllerAccess(): readonly KubernetesObject[] {
  return grant('snapshot-controller', snapshotControllerRules)
}
