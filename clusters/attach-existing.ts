import { ApiException, type V1Node } from '@kubernetes/client-node'
import { withoutInapplicable } from '../contract/applicability.ts'
import type { Config } from './config.ts'
import type { DriverDefinition } from './driver-definition/definition.ts'
import { definedTimes } from './driver-definition/limits.ts'
import { isMade, kindsToMake, withNamedClasses } from './driver-definition/made-classes.ts'
import { zoneKey } from './driver-definition/topology.ts'
import { chosenClasses, templateOf } from './existing/chosen-classes.ts'
import { bindingModeOf } from './existing/classes.ts'
import { definedHere } from './existing/defined-here.ts'
import { nodesToProbe, requireNodes, schedulableNodes } from './existing/nodes.ts'
import { openCluster, type ClusterPlace, type OpenCluster } from './existing/open-cluster.ts'
import { runPreflightPods } from './existing/preflight-pods.ts'
import { requireRights, type RightsWanted } from './existing/rights.ts'
import { platformOf } from './probe/platform.ts'
import { statusMessage } from './existing/status-message.ts'
import { readFeatureGates } from './feature-gates.ts'
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
  /** What its CSI driver can do and which classes to test it with, as somebody wrote it down. Classes named above overrule it. */
  readonly driver?: DriverDefinition | undefined
  /** Nodes that suites may cordon, taint and drain; none when absent. */
  readonly disruptiveNodes?: readonly string[] | undefined
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
  await requireRights(cluster, rightsFor(options))
  const classes = await chosenClasses(api, options)
  const { storageClass, snapshotClass, definition } = classes
  const all = (await api.objects.list<V1Node>('v1', 'Node')).items
  const nodes = schedulableNodes(all, context.config.workload)
  const { declared, undeclared, disruptiveNodes } = options
  requireNodes(disruptiveNodes ?? [], nodes)
  const taking = new Set(nodes.map(({ metadata }) => metadata?.name))
  const template = templateOf(classes)
  const { image, policy } = await workloadImage(cluster, { all, nodes, options, context })
  if (policy !== undefined)
    context.log(`The cluster gives new namespaces NetworkPolicy ${policy}: those of suites get one more, which allows all traffic.`)
  const featureGates = await readFeatureGates(api)
  const platform = await platformOf(api, {
    isMadeLater: isMade(definition?.storageClass),
    ...{ storageClass, snapshotClass, nodes, image: image.reference, declared, undeclared, disruptiveNodes },
    ...{ log: context.log, signal: context.signal, settings: context.config.workload ?? {} },
    defined: definedHere(classes, { nodes, bindingMode: bindingModeOf(storageClass) }),
    ...(definition && { said: { times: definedTimes(definition), smallest: definition.sizes.min.text } }),
  })
  return withoutInapplicable({
    schemaVersion: 1,
    name: api.config.getCurrentCluster()?.name ?? 'existing',
    profile: 'existing',
    createdAt: new Date().toISOString(),
    kubeconfig: options.kubeconfig,
    context: cluster.context,
    versions: versionsOf(cluster.version, all),
    ...(featureGates !== undefined && { featureGates }),
    nodes: all.map((node) => ({
      name: node.metadata?.name ?? '',
      role: 'node-role.kubernetes.io/control-plane' in (node.metadata?.labels ?? {}) ? ('control-plane' as const) : ('worker' as const),
      zone: node.metadata?.labels?.[zoneKey] ?? '',
      container: '',
      ...(!taking.has(node.metadata?.name) && { takesPods: false as const }),
      address: node.status?.addresses?.find((entry) => entry.type === 'InternalIP')?.address ?? '',
    })),
    ...platform,
    ...(disruptiveNodes !== undefined && { disruptiveNodes }),
    driver: storageClass.provisioner,
    groupSnapshotClass: classes.groupSnapshotClass ?? '',
    ...(template && { classTemplate: template }),
    faultyStorageClasses: {},
    faultySnapshotClasses: {},
    faultyGroupSnapshotClasses: {},
    images: [image],
    workloadImage: image.reference,
    ...((context.config.workload ?? policy) !== undefined && {
      workload: { ...(policy !== undefined && { allowTraffic: true }), ...context.config.workload },
    }),
    callLogDirectory: null,
  })
}

function rightsFor({ driver, ...named }: ExistingOptions): RightsWanted {
  if (driver === undefined) return { snapshots: named.snapshotClass !== undefined, makes: [] }
  const definition = withNamedClasses(driver, named)
  return {
    snapshots: definition.snapshotClass !== undefined && definition.capabilities.snapshotDataSource === true,
    makes: kindsToMake(definition),
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
): Promise<{ readonly image: ImageRecord; readonly policy: string | undefined }> {
  const names = (nodes: readonly V1Node[]) => nodes.map(({ metadata }) => metadata?.name ?? '')
  const seen = { server, nodes: names(of.all) }
  const { log, signal } = of.context
  const request = { named: of.options.workloadImage, schedulable: names(of.nodes), ...of.context }
  // The namespace of what follows must be removed whatever happens, so only this is left behind.
  const image = await unlessAborted(imageInNodes(seen, request), signal)
  const settings = of.context.config.workload ?? {}
  const { imageId: id, policy } = await runPreflightPods(api, {
    image: image.reference,
    settings,
    nodes: nodesToProbe(of.nodes),
    log,
    signal,
  })
  // A runtime knows what came from a registry by the registry's digest.
  const isNew = image.digest === undefined && id.includes('@sha256:') && image.from === 'named'
  return { image: isNew ? { ...image, digest: id.slice(id.indexOf('@') + 1) } : image, policy }
}
