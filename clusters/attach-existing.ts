import { ApiException, type V1Node, type V1StorageClass } from '@kubernetes/client-node'
import type { Config } from './config.ts'
import { requireSnapshotClass, storageClassOf } from './existing/classes.ts'
import { bindingModeOf, type KnownFeatures, knownFeatures } from './existing/features.ts'
import type { SeenCluster } from './existing/kind-nodes.ts'
import { nodesToProbe, schedulableNodes } from './existing/nodes.ts'
import { openCluster, type ClusterPlace, type OpenCluster } from './existing/open-cluster.ts'
import { rightsToLook, rightsToTry } from './existing/own-rights.ts'
import { runPreflightPods } from './existing/preflight-pods.ts'
import { requireRights } from './existing/rights.ts'
import { statusMessage } from './existing/status-message.ts'
import { SetupError } from './setup-error.ts'
import { unlessAborted } from './existing/within.ts'
import { imageInNodes, type PlannedImageOfSuites, plannedImageInNodes } from './existing/workload-image.ts'
import type { ClusterRecord, Feature, ImageRecord } from '../contract/cluster-record.ts'
import type { RightsRule } from '../contract/rights.ts'
import type { Log } from './log.ts'

/** Kubeconfig, context, classes and image of an existing cluster. */
export interface ExistingOptions extends ClusterPlace {
  /** The default one when absent. */
  readonly storageClass?: string | undefined
  readonly snapshotClass?: string | undefined
  /** Image of the suites' Pods, in a registry that the nodes reach; not needed for the nodes of a kind cluster on this machine. */
  readonly workloadImage?: string | undefined
  /** Features that the driver offers and the API does not show. */
  readonly declared?: readonly Feature[] | undefined
}

/** Settings, log and signal for attaching; on kind nodes the image is built with them. */
export interface AttachContext {
  readonly config: Config
  readonly log: Log
  readonly signal?: AbortSignal | undefined
  /** Rights that suites need on a cluster with these features, in addition to those of Holdfast itself. */
  readonly rightsFor?: (features: readonly Feature[]) => readonly RightsRule[]
  /** Command that prints roles with all rights; one without names when absent. */
  readonly grant?: string | undefined
}

/** A cluster as it was found, before anything was made in it. */
export interface InspectedCluster {
  readonly record: Omit<ClusterRecord, 'images' | 'workloadImage'>
  /** All rights that the user was found to have. */
  readonly rights: readonly RightsRule[]
  /** Nodes that are given a Pod each before the first guarantee. */
  readonly nodesToProbe: readonly string[]
  /** Nodes that take Pods of suites. */
  readonly schedulable: readonly string[]
}

/**
 * Checks that suites can run on a cluster that Holdfast did not make, and describes it: it answers, the rights and classes are there, and
 * each kind of node runs the image of suites. What its API does not show and nobody declares, it lacks. Throws a `SetupError` of one
 * sentence.
 */
export async function attachExisting(options: ExistingOptions, context: AttachContext): Promise<ClusterRecord> {
  return explained(options, async (cluster) => {
    const found = await inspected(cluster, options, context)
    const image = await workloadImage(cluster, { found, options, context })
    return { ...found.record, images: [image], workloadImage: image.reference }
  })
}

/** The part of `attachExisting` that makes nothing in the cluster, and where the image would come from. */
export async function inspectExisting(
  options: ExistingOptions,
  context: AttachContext,
): Promise<InspectedCluster & { readonly image: PlannedImageOfSuites }> {
  return explained(options, async (cluster) => {
    const found = await inspected(cluster, options, context)
    const { workloadImage: named } = options
    return { ...found, image: await plannedImageInNodes(seen(cluster, found), { named, schedulable: found.schedulable, ...context }) }
  })
}

async function explained<Result>(options: ExistingOptions, work: (cluster: OpenCluster) => Promise<Result>): Promise<Result> {
  const cluster = await openCluster(options)
  try {
    return await work(cluster)
  } catch (error) {
    if (!(error instanceof ApiException)) throw error
    throw new SetupError(`The cluster at ${cluster.server} could not be checked: ${statusMessage(error)}.`, {
      fix: 'Check that its API server works and that no admission controller refuses the requests of the suites.',
      cause: error,
    })
  }
}

async function inspected(
  cluster: OpenCluster,
  options: ExistingOptions,
  { rightsFor = () => [], grant = './holdfast rbac' }: AttachContext,
): Promise<InspectedCluster> {
  const { api } = cluster
  const looking = rightsToLook({ snapshots: options.snapshotClass !== undefined })
  await requireRights(cluster, { rules: looking, grant })
  const storageClass = await storageClassOf(api, options.storageClass)
  const driver = storageClass.provisioner
  if (options.snapshotClass !== undefined) await requireSnapshotClass(api, { name: options.snapshotClass, driver })
  const all = (await api.objects.list<V1Node>('v1', 'Node')).items
  const nodes = schedulableNodes(all)
  const known = knownFeatures({ storageClass, snapshotClass: options.snapshotClass, nodes, declared: options.declared ?? [] })
  const rights = [...rightsToTry, ...rightsFor(known.features)]
  await requireRights(cluster, { rules: rights, grant })
  const record = recordOf({ cluster, options, storageClass, all, known })
  return {
    ...{ record, rights: [...looking, ...rights] },
    nodesToProbe: nodesToProbe(nodes),
    schedulable: nodes.map(({ metadata }) => metadata?.name ?? ''),
  }
}

function recordOf(of: {
  readonly cluster: OpenCluster
  readonly options: ExistingOptions
  readonly storageClass: V1StorageClass
  readonly all: readonly V1Node[]
  readonly known: KnownFeatures
}): InspectedCluster['record'] {
  const { cluster, options, storageClass, all, known } = of
  return {
    schemaVersion: 1,
    name: cluster.api.config.getCurrentCluster()?.name ?? 'existing',
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
    ...known,
    driver: storageClass.provisioner,
    storageClass: storageClass.metadata?.name ?? '',
    bindingMode: bindingModeOf(storageClass),
    snapshotClass: options.snapshotClass ?? '',
    storageClasses: {},
    groupSnapshotClass: '',
    volumeAttributesClasses: [],
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

function seen({ server }: OpenCluster, { record }: InspectedCluster): SeenCluster {
  return { server, nodes: record.nodes.map(({ name }) => name) }
}

async function workloadImage(
  cluster: OpenCluster,
  of: { readonly found: InspectedCluster; readonly options: ExistingOptions; readonly context: AttachContext },
): Promise<ImageRecord> {
  const { log, signal } = of.context
  const request = { named: of.options.workloadImage, schedulable: of.found.schedulable, ...of.context }
  // The namespace of what follows must be removed whatever happens, so only this is left behind.
  const image = await unlessAborted(imageInNodes(seen(cluster, of.found), request), signal)
  const id = await runPreflightPods(cluster.api, { image: image.reference, nodes: of.found.nodesToProbe, log, signal })
  // A runtime knows what came from a registry by the registry's digest.
  return image.digest === undefined && id.includes('@sha256:') && image.from === 'named'
    ? { ...image, digest: id.slice(id.indexOf('@') + 1) }
    : image
}
