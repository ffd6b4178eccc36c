import { ApiException, type V1Node } from '@kubernetes/client-node'
import { withoutInapplicable } from '../../contract/applicability.ts'
import type { ClusterRecord, Feature, ImageRecord } from '../../contract/cluster-record.ts'
import type { RightsRule } from '../../contract/rights.ts'
import type { Config } from '../config.ts'
import type { DriverDefinition } from '../driver-definition/definition.ts'
import { undeclarableFeatures } from '../features/declarable-features.ts'
import { definedSizes, definedTimes } from '../driver-definition/limits.ts'
import { isMade, kindsToMake, withNamedClasses } from '../driver-definition/made-classes.ts'
import { chosenClasses } from '../existing/chosen-classes.ts'
import {
  type ApplicationRequest,
  applicationsOn,
  type NamedImages,
  plannedApplications,
  untried,
  withDigest,
} from '../existing/application-images.ts'
import { bindingModeOf } from '../existing/classes.ts'
import { definedHere } from '../existing/defined-here.ts'
import { withImages } from '../existing/features-of-images.ts'
import { type FoundCluster, recordOf } from './found-cluster.ts'
import type { SeenCluster } from '../existing/kind-nodes.ts'
import { nodesToProbe, requireNodes, schedulableNodes } from '../existing/nodes.ts'
import { openCluster, type ClusterPlace, type OpenCluster } from '../existing/open-cluster.ts'
import { rightsToLook, rightsToMake, rightsToTry } from '../existing/own-rights.ts'
import { runPreflightPods } from '../existing/preflight-pods.ts'
import { requireRights } from '../existing/rights.ts'
import { statusMessage } from '../existing/status-message.ts'
import { unlessAborted } from '../existing/within.ts'
import { imageInNodes, type PlannedImageOfSuites, plannedImageInNodes } from '../existing/workload-image.ts'
import { lookAtVelero } from '../installed-velero/look-at-velero.ts'
import { readFeatureGates } from '../features/feature-gates.ts'
import { withKubectlOfMachine } from '../kind/kubectl.ts'
import { imageFeatures, isImageFeature } from '../images/application-images.ts'
import { withProgram } from '../images/own-program.ts'
import type { Log } from '../log.ts'
import { anyGrant, mayUseVelero, neededBy, type NeedsOfSuites, possibleOn } from './needs-of-suites.ts'
import { type PlatformPart, platformOf } from '../probe/platform.ts'
import { SetupError } from '../setup-error.ts'

/** Kubeconfig, context, classes and image of an existing cluster. */
export interface ExistingOptions extends ClusterPlace {
  /** The default one when absent. */
  readonly storageClass?: string | undefined
  readonly snapshotClass?: string | undefined
  /** Image of the suites' Pods, in a registry that the nodes reach; not needed for the nodes of a kind cluster on this machine. */
  readonly workloadImage?: string | undefined
  /** Images of applications in place of the usual ones, in a registry that the nodes reach. */
  readonly images?: NamedImages | undefined
  /** Features that the cluster offers, whatever the probes show. */
  readonly declared?: readonly Feature[] | undefined
  /** What its CSI driver can do and which classes to test it with, as somebody wrote it down. Classes named above overrule it. */
  readonly driver?: DriverDefinition | undefined
  /** Namespace of the Velero that suites use; it is looked for when absent. */
  readonly veleroNamespace?: string | undefined
  /** Nodes that suites may cordon, taint and drain; none when absent. */
  readonly disruptiveNodes?: readonly string[] | undefined
  /** Features that the cluster does not offer, whatever the probes show. */
  readonly undeclared?: readonly Feature[] | undefined
  /** Whether the class must make a volume that a Pod can use. */
  readonly mustProvision?: boolean | undefined
}

/** Settings, log and signal for attaching; on kind nodes the image is built with them. */
export interface AttachContext extends NeedsOfSuites {
  readonly config: Config
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

/** A cluster as it was found, before anything was made in it. */
export interface InspectedCluster {
  readonly record: Omit<ClusterRecord, 'images' | 'workloadImage'>
  /** All rights that the user was found to have. */
  readonly rights: readonly RightsRule[]
  /** Nodes that are given a Pod each before the first guarantee. */
  readonly nodesToProbe: readonly string[]
  /** Whether the server of Velero is asked for its version before the first guarantee: one that could run uses it. */
  readonly asksVelero: boolean
  /** Where the image of suites would come from, and those of the applications that guarantees need. */
  readonly images: readonly PlannedImageOfSuites[]
}

/**
 * Checks that suites can run on a cluster that Holdfast did not make, and describes it: it answers, the rights and classes are there, and
 * each kind of node runs the image of suites. What its driver can do is probed; what is declared or undeclared overrules a probe. Throws a
 * `SetupError` of one sentence.
 */
export async function attachExisting(options: ExistingOptions, given: AttachContext): Promise<ClusterRecord> {
  const context = { ...given, config: await withProgram(given.config) }
  return explained(options, async (cluster) => {
    const found = await lookAt(cluster, options, context)
    const before = await platformSeen(cluster, { found, options, context })
    // Told before anything is made. Features that only a probe shows may need more.
    await requireRights(cluster, neededBy(before, context))
    const { image, policy } = await workloadImage(cluster, { found, options, context })
    if (policy !== undefined)
      context.log(`The cluster gives new namespaces NetworkPolicy ${policy}: those of suites get one more, which allows all traffic.`)
    const asks = mayUseVelero(possibleOn(before, found), context)
    const probed = await platformSeen(cluster, { found, options, context, image: image.reference, asks })
    await requireRights(cluster, neededBy(probed, context))
    const { evidence, images, applicationImages } = await applicationsOn(cluster.api, seenBy(cluster, found), {
      ...applicationRequest(probed.features, { found, options, context }),
      ...{ nodes: nodesToProbe(found.nodes), settings: context.config.workload ?? {}, log: context.log, signal: context.signal },
    })
    const platform = withImages(probed, evidence)
    if (evidence.length > 0) await requireRights(cluster, neededBy(platform, context))
    const { workload } = context.config
    return withoutInapplicable({
      ...recordOf(cluster, { found, options, platform }),
      images: [image, ...images],
      workloadImage: image.reference,
      ...(images.length > 0 && { applicationImages }),
      ...((workload ?? policy) !== undefined && { workload: { ...(policy !== undefined && { allowTraffic: true }), ...workload } }),
    })
  })
}

/**
 * The part of `attachExisting` that makes nothing in the cluster, so nothing is probed, and where the image would come from. Throws what
 * `attachExisting` would throw by then.
 */
export async function inspectExisting(options: ExistingOptions, context: AttachContext): Promise<InspectedCluster> {
  return explained(options, async (cluster) => {
    const found = await lookAt(cluster, options, context)
    const api = await platformSeen(cluster, { found, options, context })
    const possible = possibleOn(api, found)
    const applications = applicationRequest(possible, { found, options, context })
    const platform = withImages(api, untried(applications))
    const needed = neededBy(platform, context)
    await requireRights(cluster, needed)
    const request = { named: options.workloadImage, schedulable: namesOf(found.nodes), ...context }
    return {
      record: withoutInapplicable(recordOf(cluster, { found, options, platform })),
      rights: [...found.rights, ...needed.rules],
      nodesToProbe: nodesToProbe(found.nodes),
      asksVelero: mayUseVelero(possible, context),
      images: [
        await plannedImageInNodes(seenBy(cluster, found), request),
        ...(await plannedApplications(seenBy(cluster, found), applications)),
      ],
    }
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

/** What is found by looking. Throws a `SetupError` for what is missing to run Pods, to probe and to make classes. */
async function lookAt(cluster: OpenCluster, options: ExistingOptions, { config, grant = anyGrant }: AttachContext): Promise<FoundCluster> {
  const { api } = cluster
  const definition = options.driver && withNamedClasses(options.driver, options)
  const snapshots = options.snapshotClass !== undefined || definition?.snapshotClass !== undefined
  const looking = rightsToLook({ snapshots })
  await requireRights(cluster, { rules: looking, grant })
  const classes = await chosenClasses(api, options)
  const all = (await api.objects.list<V1Node>('v1', 'Node')).items
  const nodes = schedulableNodes(all, config.workload)
  requireNodes(options.disruptiveNodes ?? [], nodes)
  const making = definition === undefined ? [] : rightsToMake(kindsToMake(definition))
  const trying = [
    ...rightsToTry({ snapshots: 'name' in classes.snapshotClass, program: config.workload?.programFromConfigMap === true }),
    ...making,
  ]
  await requireRights(cluster, { rules: trying, grant })
  return { classes, all, nodes, rights: [...looking, ...trying], featureGates: await readFeatureGates(api) }
}

/** What the platform can do: by the API, the definition and the flags alone where there is no image to probe with. */
async function platformSeen(
  { api, version }: OpenCluster,
  of: {
    readonly found: FoundCluster
    readonly options: ExistingOptions
    readonly context: AttachContext
    readonly image?: string
    /** Whether the server of Velero is asked for its version, which makes an object. */
    readonly asks?: boolean
  },
): Promise<PlatformPart> {
  const { classes, nodes } = of.found
  const { storageClass, snapshotClass, groupSnapshotClass, definition } = classes
  const { declared = [], undeclared = [], disruptiveNodes, veleroNamespace } = of.options
  const { config, grant = anyGrant, log, signal } = of.context
  const { asks = false } = of
  const atBest = (['DynamicProvisioning', ...undeclarableFeatures] as const).filter((feature) => !undeclared.includes(feature))
  const isNeeded = mayUseVelero(atBest, of.context)
  const said = { declared: declared.filter(isOfDriver), undeclared: undeclared.filter(isOfDriver) }
  const platform = await platformOf(api, {
    ...{ storageClass, snapshotClass, groupSnapshotClass, nodes, image: of.image, ...said, disruptiveNodes, log, signal },
    isMadeLater: isMade(definition?.storageClass),
    mustProvision: of.options.mustProvision,
    settings: config.workload ?? {},
    velero: await lookAtVelero(api, { namespace: veleroNamespace, snapshotClass, nodes, asks, isNeeded, grant, log, signal }),
    defined: definedHere(classes, { nodes, bindingMode: bindingModeOf(storageClass) }),
    ...(definition && { said: { times: definedTimes(definition), sizes: definedSizes(definition) } }),
  })
  return withKubectlOfMachine(platform, version)
}

/** Not shown by an image. */
function isOfDriver(feature: Feature): boolean {
  return !isImageFeature(feature)
}

/** Which images the guarantees need that lack nothing else on a cluster with these features. */
function applicationRequest(
  features: readonly Feature[],
  of: { readonly found: FoundCluster; readonly options: ExistingOptions; readonly context: AttachContext },
): ApplicationRequest {
  const { declared = [], undeclared = [], images: named = {} } = of.options
  const { config, neededWith = () => [] } = of.context
  const offered = imageFeatures.filter((feature) => !undeclared.includes(feature))
  const needed = [...neededWith([...features, ...offered]), ...undeclared].filter(isImageFeature)
  return { needed, named, declared, undeclared, schedulable: namesOf(of.found.nodes), config }
}

function namesOf(nodes: readonly V1Node[]): readonly string[] {
  return nodes.map(({ metadata }) => metadata?.name ?? '')
}

function seenBy({ server }: OpenCluster, { all }: FoundCluster): SeenCluster {
  return { server, nodes: namesOf(all) }
}

async function workloadImage(
  cluster: OpenCluster,
  of: { readonly found: FoundCluster; readonly options: ExistingOptions; readonly context: AttachContext },
): Promise<{ readonly image: ImageRecord; readonly policy: string | undefined }> {
  const { log, signal, config } = of.context
  const request = { named: of.options.workloadImage, schedulable: namesOf(of.found.nodes), ...of.context }
  // The namespace of what follows must be removed whatever happens, so only this is left behind.
  const image = await unlessAborted(imageInNodes(seenBy(cluster, of.found), request), signal)
  const { imageId: id, policy } = await runPreflightPods(cluster.api, {
    ...{ image: image.reference, settings: config.workload ?? {}, log, signal },
    nodes: nodesToProbe(of.found.nodes),
  })
  return { image: withDigest(image, id), policy }
}
