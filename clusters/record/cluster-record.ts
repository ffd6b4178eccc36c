import { type V1Node, VersionApi } from '@kubernetes/client-node'
import { className } from '../../contract/system.ts'
import { withoutInapplicable } from '../../contract/applicability.ts'
import type { ClusterApi } from '../api.ts'
import type { Config } from '../config.ts'
import { clusterDirectory } from '../directories.ts'
import { sidecarImages } from '../images/sidecar-images.ts'
import type { ImageSet } from '../images/ensure-images.ts'
import { versions } from '../images/versions.ts'
import {
  driverName,
  faultyGroupSnapshotClasses,
  faultySnapshotClasses,
  faultyStorageClasses,
  features,
  storageClasses,
  volumeAttributesClasses,
} from '../profiles/default-profile.ts'
import { auditLogOf, keepsAuditLog } from '../kind-config/audit-log.ts'
import { configuredBy } from '../kind-config/configured.ts'
import { readFeatureGates } from '../features/feature-gates.ts'
import { haveRecursiveReadOnlyMounts } from '../features/node-features.ts'
import type { ClusterRecord, Feature, NodeRecord } from '../../contract/cluster-record.ts'

/** What a cluster was made of. */
export interface Recorded {
  readonly name: string
  readonly images: ImageSet
  readonly config: Config
}

/** Describes a cluster of the default profile as its API shows it. */
export async function recordOf(api: ClusterApi, made: Recorded): Promise<ClusterRecord> {
  const { name, images, config } = made
  const nodes = (await api.objects.list<V1Node>('v1', 'Node')).items
  const info = nodes[0]?.status?.nodeInfo
  const lacking: readonly Feature[] = [
    ...(nodes.length > 1 ? [] : (['MultipleNodes', 'Zones'] as const)),
    ...(haveRecursiveReadOnlyMounts(nodes) ? [] : (['RecursiveReadOnlyMounts'] as const)),
  ]
  const { gitVersion } = await api.config.makeApiClient(VersionApi).getCode()
  const featureGates = await readFeatureGates(api)
  const configured = configuredBy(config)
  return withoutInapplicable<ClusterRecord>({
    schemaVersion: 1,
    name,
    profile: 'default',
    createdAt: new Date().toISOString(),
    kubeconfig: clusterDirectory(name, 'kubeconfig'),
    context: `kind-${name}`,
    versions: {
      kubernetes: gitVersion,
      kind: versions.kind,
      containerd: info?.containerRuntimeVersion.replace('containerd://', '') ?? '',
      kernel: info?.kernelVersion ?? '',
      ...Object.fromEntries(sidecarImages.map((image) => [image.name, images.versions[image.name] ?? image.version])),
    },
    ...(featureGates !== undefined && { featureGates }),
    ...(configured !== undefined && { configured }),
    nodes: nodes.map(nodeRecord),
    features: features.filter((feature) => !lacking.includes(feature)),
    driver: driverName,
    storageClass: className,
    bindingMode: 'Immediate',
    snapshotClass: className,
    storageClasses,
    groupSnapshotClass: className,
    volumeAttributesClasses,
    faultyStorageClasses,
    faultySnapshotClasses,
    faultyGroupSnapshotClasses,
    images: images.records,
    workloadImage: images.references['workload'] ?? '',
    ...(keepsAuditLog(config) && { auditLog: auditLogOf(`${name}-control-plane`) }),
    callLogDirectory: clusterDirectory(name, 'volumes', 'calls'),
  })
}

function nodeRecord(node: V1Node): NodeRecord {
  const name = node.metadata?.name ?? ''
  const labels = node.metadata?.labels ?? {}
  return {
    name,
    role: 'node-role.kubernetes.io/control-plane' in labels ? 'control-plane' : 'worker',
    zone: labels['topology.kubernetes.io/zone'] ?? '',
    container: name,
    address: node.status?.addresses?.find((entry) => entry.type === 'InternalIP')?.address ?? '',
  }
}
