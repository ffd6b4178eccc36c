import type { V1Node } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import type { RightsRule } from '../../contract/rights.ts'
import type { PlatformPart } from '../probe/platform.ts'
import { zoneKey } from '../driver-definition/topology.ts'
import { type ChosenClasses, templateOf } from '../existing/chosen-classes.ts'
import type { ClusterPlace, OpenCluster } from '../existing/open-cluster.ts'

/** What was found of a cluster by looking, before anything was made in it. */
export interface FoundCluster {
  readonly classes: ChosenClasses
  readonly all: readonly V1Node[]
  /** Nodes that take Pods of suites. */
  readonly nodes: readonly V1Node[]
  /** Rights that the user has, as far as they were asked for. */
  readonly rights: readonly RightsRule[]
  readonly featureGates: ClusterRecord['featureGates']
}

/** Describes a cluster that Holdfast did not create, but for the image of suites. */
export function recordOf(
  cluster: OpenCluster,
  of: {
    readonly found: FoundCluster
    readonly options: ClusterPlace & { readonly disruptiveNodes?: readonly string[] | undefined }
    readonly platform: PlatformPart
  },
): Omit<ClusterRecord, 'images' | 'workloadImage'> {
  const { classes, all, nodes, featureGates } = of.found
  const { kubeconfig, disruptiveNodes } = of.options
  const velero = of.platform.velero?.shared?.version
  const template = templateOf(classes)
  const taking = new Set(nodes.map(({ metadata }) => metadata?.name))
  return {
    schemaVersion: 1,
    name: cluster.api.config.getCurrentCluster()?.name ?? 'existing',
    profile: 'existing',
    createdAt: new Date().toISOString(),
    kubeconfig,
    context: cluster.context,
    versions: { ...versionsOf(cluster.version, all), ...(velero !== undefined && { velero }) },
    ...(featureGates !== undefined && { featureGates }),
    nodes: all.map((node) => ({
      name: node.metadata?.name ?? '',
      role: 'node-role.kubernetes.io/control-plane' in (node.metadata?.labels ?? {}) ? ('control-plane' as const) : ('worker' as const),
      zone: node.metadata?.labels?.[zoneKey] ?? '',
      container: '',
      ...(!taking.has(node.metadata?.name) && { takesPods: false as const }),
      address: node.status?.addresses?.find((entry) => entry.type === 'InternalIP')?.address ?? '',
    })),
    ...of.platform,
    ...(disruptiveNodes !== undefined && { disruptiveNodes }),
    driver: classes.storageClass.provisioner,
    groupSnapshotClass: 'name' in classes.groupSnapshotClass ? classes.groupSnapshotClass.name : '',
    ...(template && { classTemplate: template }),
    faultyStorageClasses: {},
    faultySnapshotClasses: {},
    faultyGroupSnapshotClasses: {},
    callLogDirectory: null,
  }
}

/** Kubelets may be older than the API server, and of several versions. */
function versionsOf(kubernetes: string, nodes: readonly V1Node[]): Readonly<Record<string, string>> {
  const all = (read: (node: V1Node) => string | undefined): string =>
    [...new Set(nodes.flatMap((node) => read(node) ?? []))].toSorted().join(', ')
  return {
    kubernetes,
    kubelet: all(({ status }) => status?.nodeInfo?.kubeletVersion),
    'container runtime': all(({ status }) => status?.nodeInfo?.containerRuntimeVersion),
    kernel: all(({ status }) => status?.nodeInfo?.kernelVersion),
  }
}
