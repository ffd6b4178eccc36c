import { ApiException, type V1Node } from '@kubernetes/client-node'
import type { Config } from './config.ts'
import { snapshotClassOf, storageClassOf } from './existing/classes.ts'
import { nodesToProbe, schedulableNodes } from './existing/nodes.ts'
import { openCluster, type ClusterPlace, type OpenCluster } from './existing/open-cluster.ts'
import { runPreflightPods } from './existing/preflight-pods.ts'
import { requireRights } from './existing/rights.ts'
import { platformOf } from './probe/platform.ts'
import { statusMessage } from './existing/status-message.ts'
import { SetupError } from './setup-error.ts'
import { unlessAborted } from './existing/within.ts'
import { imageInNodes } from './existing/workload-image.ts'
import type { ClusterRecord, Feature, ImageRecord } from '../contract/cluster-record.ts'
import type { Log } from './log.ts'

/** Kubeconfig, context, classes and image of an existing cluster. */
export interface ExistingOptions extends ClusterPlace {
  /** The default one when absent. */
  readonly storageClass?: string | undefined
  readonly snapshotClass?: string | undefined
  /** Image of the suites' Pods, in a registry that the nodes reach; not needed for the nodes of a kind cluster on this machine. */
  readonly workloadImage?: string | undefined
  /** Features that the driver offers, whatever the probes show. */
  readonly declared?: readonly Feature[] | undefined
  /** Features that the driver does not offer, whatever the probes show. */
  readonly undeclared?: readonly Feature[] | undefined
}

/** Settings, log and signal for attaching; on kind nodes the image is built with them. */
export interface AttachContext {
  readonly config: Config
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

/**
 * Checks that suites can run on a cluster that Holdfast did not make, and describes it: it answers, the rights and classes are there, and
 * each kind of node runs the image of suites. What its driver can do is probed; what is declared or undeclared overrules a probe. Throws a
 * `SetupError` of one sentence.
 */
export async function attachExisting(options: ExistingOptions, context: AttachContext): Promise<ClusterRecord> {
  const cluster = await openCluster(options)
  try {
    return await checkedRecord(cluster, options, context)
  } catch (error) {
    if (!(error instanceof ApiException)) throw error
    throw new SetupError(`The cluster at ${cluster.server} could not be checked: ${statusMessage(error)}.`, {
      fix: 'Check that its API server works and that no admission controller refuses the requests of the suites.',
      cause: error,
    })
  }
}

async function checkedRecord(cluster: OpenCluster, options: ExistingOptions, context: AttachContext): Promise<ClusterRecord> {
  const { api } = cluster
  await requireRights(cluster, { snapshots: options.snapshotClass !== undefined })
  const storageClass = await storageClassOf(api, options.storageClass)
  const driver = storageClass.provisioner
  const snapshotClass = await snapshotClassOf(api, { name: options.snapshotClass, driver })
  const all = (await api.objects.list<V1Node>('v1', 'Node')).items
  const nodes = schedulableNodes(all)
  const image = await workloadImage(cluster, { all, nodes, options, context })
  const { declared, undeclared } = options
  const place = { storageClass, snapshotClass, nodes, image: image.reference, declared, undeclared }
  const platform = await platformOf(api, { ...place, log: context.log, signal: context.signal })
  return {
    schemaVersion: 1,
    name: api.config.getCurrentCluster()?.name ?? 'existing',
    profile: 'existing',
    createdAt: new Date().toISOString(),
    kubeconfig: options.kubeconfig,
    context: cluster.context,
    versions: versionsOf(cluster.version, all),
    nodes: all.map((node) => ({
      name: node.metadata?.name ?? '',
      role: 'node-role.kubernetes.io/control-plane' in (node.metadata?.labels ?? {}) ? ('control-plane' as const) : ('worker' as const),
      zone: node.metadata?.labels?.['topology.kubernetes.io/zone'] ?? '',
      container: '',
      address: node.status?.addresses?.find((entry) => entry.type === 'InternalIP')?.address ?? '',
    })),
    ...platform,
    driver,
    groupSnapshotClass: '',
    faultyStorageClasses: {},
    faultySnapshotClasses: {},
    faultyGroupSnapshotClasses: {},
    images: [image],
    workloadImage: image.reference,
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

async function workloadImage(
  { api, server }: OpenCluster,
  of: {
    readonly all: readonly V1Node[]
    readonly nodes: readonly V1Node[]
    readonly options: ExistingOptions
    readonly context: AttachContext
  },
): Promise<ImageRecord> {
  const names = (nodes: readonly V1Node[]) => nodes.map(({ metadata }) => metadata?.name ?? '')
  const seen = { server, nodes: names(of.all) }
  const { log, signal } = of.context
  const request = { named: of.options.workloadImage, schedulable: names(of.nodes), ...of.context }
  // The namespace of what follows must be removed whatever happens, so only this is left behind.
  const image = await unlessAborted(imageInNodes(seen, request), signal)
  const id = await runPreflightPods(api, { image: image.reference, nodes: nodesToProbe(of.nodes), log, signal })
  // A runtime knows what came from a registry by the registry's digest.
  return image.digest === undefined && id.includes('@sha256:') && image.from === 'named'
    ? { ...image, digest: id.slice(id.indexOf('@') + 1) }
    : image
}
