import { mkdir, writeFile } from 'node:fs/promises'
import { parseAllDocuments, stringify } from 'yaml'
import { auditLogFile, type AuditLogRecord } from '../../contract/audit.ts'
import type { KubernetesSettings, Mapping } from '../config.ts'
import { clusterDirectory } from '../directories.ts'
import type { Mount } from './holdfast-config.ts'
import { readUserConfig } from './user-config.ts'

/** Directory of the control plane's node that has the policy. */
const policyInNode = '/etc/kubernetes/audit'
/** Name of the policy there, and in the directory of the cluster. */
const policyFile = 'policy.yaml'
/** Directory below `/var/log`, of which the kubelet serves all. */
const logDirectory = 'kubernetes/audit'

/** Whom the kubeconfig of a kind cluster speaks for. */
const administrator = 'kubernetes-admin'

/** Resources whose objects are logged with each write: those that guarantees judge. Of groups without resources, all. */
const objectsOf: AuditLogRecord['objectsOf'] = {
  '': [
    ...['pods', 'persistentvolumeclaims', 'persistentvolumes', 'services', 'configmaps', 'namespaces'],
    ...['resourcequotas', 'limitranges'],
  ],
  apps: [],
  batch: [],
  policy: [],
  'storage.k8s.io': ['storageclasses', 'volumeattachments', 'csinodes', 'csidrivers', 'volumeattributesclasses'],
  'snapshot.storage.k8s.io': [],
  'groupsnapshot.storage.k8s.io': [],
  'velero.io': [],
}

/** What is written all the time and judged by nobody. */
const noise = [
  { group: '', resources: ['events', 'endpoints', 'nodes/status'] },
  { group: 'events.k8s.io', resources: ['events'] },
  { group: 'coordination.k8s.io', resources: ['leases'] },
  { group: 'discovery.k8s.io', resources: ['endpointslices'] },
  { group: 'storage.k8s.io', resources: ['csistoragecapacities'] },
  { group: 'authentication.k8s.io', resources: ['tokenreviews', 'selfsubjectreviews'] },
  { group: 'authorization.k8s.io' },
]

const writes = ['create', 'update', 'patch', 'delete', 'deletecollection']

/**
 * The audit policy: each write, with the object as it was stored where a guarantee may judge it, and what the suites themselves read and
 * watch. Contents of Secrets and tokens are in no line. The first rule that fits a request decides.
 * See https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy
 */
export function auditPolicy(): string {
  const judged = Object.entries(objectsOf).map(([group, resources]) => ({
    group,
    ...(resources.length > 0 && { resources: resources.flatMap((resource) => [resource, `${resource}/*`]) }),
  }))
  const conversations = [{ group: '', resources: ['pods/exec', 'pods/attach', 'pods/portforward'] }]
  return stringify({
    apiVersion: 'audit.k8s.io/v1',
    kind: 'Policy',
    omitStages: ['RequestReceived'],
    omitManagedFields: true,
    rules: [
      { level: 'None', nonResourceURLs: ['*'] },
      { level: 'Metadata', users: [administrator], verbs: writes, resources: noise },
      { level: 'None', resources: noise },
      // What lasts is logged when it begins.
      { level: 'Metadata', resources: conversations, omitStages: ['ResponseComplete'] },
      { level: 'Metadata', users: [administrator], verbs: ['watch'], omitStages: ['ResponseComplete'] },
      { level: 'Metadata', users: [administrator], verbs: ['get'] },
      { level: 'None', verbs: ['get', 'list', 'watch'] },
      { level: 'Metadata', resources: [{ group: '', resources: ['secrets', 'serviceaccounts/token'] }] },
      { level: 'RequestResponse', resources: judged },
      { level: 'Metadata' },
    ],
  })
}

/** Writes the policy of a cluster, which has to be there before its nodes are created. */
export async function writeAuditPolicy(cluster: string): Promise<void> {
  await mkdir(clusterDirectory(cluster, 'audit'), { recursive: true })
  await writeFile(clusterDirectory(cluster, 'audit', policyFile), auditPolicy())
}

/** What the node of the control plane has mounted for its audit log. */
export function auditMount(cluster: string): Mount {
  return { hostPath: clusterDirectory(cluster, 'audit'), containerPath: policyInNode, readOnly: true }
}

/** Where the audit log of a cluster is, by the node of its control plane. */
export function auditLogOf(node: string): AuditLogRecord {
  return { node, directory: logDirectory, objectsOf }
}

/**
 * Whether the API server keeps an audit log that Holdfast can read, because somebody asks for it. Whoever configures one of their own gets
 * that one, and whoever keeps the kubelet from serving logs, none.
 */
export function keepsAuditLog(settings: KubernetesSettings): boolean {
  if (settings.auditLog !== true) return false
  const { rest, kubeadmConfigPatches, controlPlane } = readUserConfig(settings.kind)
  const { kubeadmPatches, kubeletConfiguration } = settings
  const given = JSON.stringify([kubeadmPatches, kubeletConfiguration, kubeadmConfigPatches, controlPlane, rest])
  // What such a patch makes of the volumes is known to kind alone.
  const byOperations = JSON.stringify([rest['kubeadmConfigPatchesJSON6902'], controlPlane['kubeadmConfigPatchesJSON6902']])
  return !/audit-(?:policy|log|webhook)|enable(?:SystemLogHandler|DebuggingHandlers)/.test(given) && !byOperations.includes('extraVolumes')
}

/**
 * The patch by which the API server keeps its audit log, for the node of the control plane: kind applies it behind all others. A list
 * replaces the list that is there, so the volumes of the user's patches are in it.
 */
export function auditPatch(settings: KubernetesSettings): string {
  return stringify({
    kind: 'ClusterConfiguration',
    apiServer: {
      extraArgs: {
        'audit-policy-file': `${policyInNode}/${policyFile}`,
        'audit-log-path': `/var/log/${logDirectory}/${auditLogFile}`,
        // Megabytes of a file, and how many full ones are kept.
        'audit-log-maxsize': '16',
        'audit-log-maxbackup': '16',
      },
      extraVolumes: [
        ...volumesOf(settings),
        { name: 'audit-policy', hostPath: policyInNode, mountPath: policyInNode, readOnly: true, pathType: 'Directory' },
        { name: 'audit-log', hostPath: `/var/log/${logDirectory}`, mountPath: `/var/log/${logDirectory}`, pathType: 'DirectoryOrCreate' },
      ],
    },
  })
}

/** Volumes that patches of the user give the API server: those of the last one, in the order in which kind applies them. */
function volumesOf({ kind, kubeadmPatches = [] }: KubernetesSettings): readonly unknown[] {
  const { kubeadmConfigPatches, controlPlane } = readUserConfig(kind)
  const documents = (texts: readonly string[]) => texts.flatMap((text) => parseAllDocuments(text).map((one): unknown => one.toJS()))
  const patches = [
    ...documents(kubeadmConfigPatches),
    ...kubeadmPatches,
    ...documents(controlPlane.kubeadmConfigPatches ?? []),
  ] as Mapping[]
  const given = patches.flatMap((patch) => {
    const volumes = patch['kind'] === 'ClusterConfiguration' ? (patch['apiServer'] as Mapping | undefined)?.['extraVolumes'] : undefined
    return Array.isArray(volumes) ? [volumes as readonly unknown[]] : []
  })
  return given.at(-1) ?? []
}
