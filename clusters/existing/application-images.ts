import type { ClusterRecord, Feature, ImageRecord } from '../../contract/cluster-record.ts'
import type { FeatureEvidence } from '../../contract/platform.ts'
import type { ClusterApi } from '../api.ts'
import type { Config } from '../config.ts'
import { type ApplicationName, type ImageFeature, imagesFor, isImageFeature, recordedAs } from '../images/application-images.ts'
import { ensureSuiteImages, plannedSuiteImage, referencesForNodes } from '../images/named-images.ts'
import type { Log } from '../log.ts'
import { untried as reasons } from './untried.ts'
import { SetupError } from '../setup-error.ts'
import { applicationTrial } from './application-trials.ts'
import { type ImageOutcome, shownByImages } from './features-of-images.ts'
import { kindClusterOf, kindContainers, loadIntoNodes, nodesWithout, type SeenCluster } from './kind-nodes.ts'
import { overruled } from './overruled.ts'
import { inPreflightNamespace, type PreflightNamespace } from './preflight-namespace.ts'
import { tryImages } from './try-images.ts'
import { unlessAborted } from './within.ts'
import type { PlannedImageOfSuites } from './workload-image.ts'

/** Images that the user names in place of the usual ones. */
export type NamedImages = Readonly<Partial<Record<ApplicationName, string | undefined>>>

/** Which features guarantees need that a cluster has by its images, and where these come from. */
export interface ApplicationRequest {
  readonly needed: readonly ImageFeature[]
  readonly named: NamedImages
  readonly declared: readonly Feature[]
  readonly undeclared: readonly Feature[]
  /** Names of the nodes that take Pods of suites. */
  readonly schedulable: readonly string[]
  readonly config: Config
}

/** Features that images showed, and the images of those that are there. */
export interface Applications {
  readonly evidence: readonly FeatureEvidence[]
  readonly images: readonly ImageRecord[]
  readonly applicationImages: NonNullable<ClusterRecord['applicationImages']>
}

/** Images of the features that nobody took away. */
function wanted({ needed, undeclared }: ApplicationRequest): readonly ApplicationName[] {
  return imagesFor(needed.filter((feature) => !undeclared.includes(feature)))
}

/**
 * Gives the nodes the images that guarantees need, and runs a Pod of each. An image that a node cannot run makes its features lacking, with
 * what was seen. Throws a `SetupError` for one that the user named.
 */
export async function applicationsOn(
  api: ClusterApi,
  seen: SeenCluster,
  request: ApplicationRequest & PreflightNamespace & { readonly nodes: readonly string[] },
): Promise<Applications> {
  const { needed, nodes, log, signal } = request
  const names = wanted(request)
  // The namespace of what follows must be removed whatever happens, so only this is left behind.
  const records = await unlessAborted(imagesInNodes(seen, names, request), signal)
  const outcomes: readonly ImageOutcome[] = records.length === 0 ? [] : await tried(records)
  refuseNamed(outcomes, request)
  const evidence = shownByImages(needed, { outcomes, nodes }).map((each) => overruled(each, request))
  const offered = evidence.flatMap(({ feature, isThere }) => (isThere && isImageFeature(feature) ? [feature] : []))
  const there = outcomes.filter(({ name }) => imagesFor(offered).includes(name))
  return {
    evidence,
    images: there.map(({ record, outcome }) => withDigest(record, 'what' in outcome ? '' : outcome.imageId)),
    applicationImages: Object.fromEntries(there.map(({ name, record }) => [recordedAs[name], record.reference])),
  }

  async function tried(all: readonly NamedRecord[]): Promise<readonly ImageOutcome[]> {
    log(`trying ${all.map(({ reference }) => reference).join(', ')} on ${nodes.join(', ')}`)
    const trials = all.map(({ name, reference }) => applicationTrial(name, reference))
    const found = await inPreflightNamespace(api, request, async (namespace) => tryImages(api, namespace, { ...request, trials }))
    return all.flatMap((record, place) => {
      const outcome = found[place]
      return outcome === undefined ? [] : [{ name: record.name, record, outcome }]
    })
  }
}

/** A runtime knows what came from a registry by the registry's digest. */
export function withDigest(image: ImageRecord, imageId: string): ImageRecord {
  const isNew = image.digest === undefined && image.imageId === undefined && imageId.includes('@sha256:')
  return isNew ? { ...image, digest: imageId.slice(imageId.indexOf('@') + 1) } : image
}

/** The record of an image of an application. */
export type NamedRecord = ImageRecord & { readonly name: ApplicationName }

/** Images as the nodes can get them: those that were named, else ours on a kind cluster of this machine, else the public ones. */
async function imagesInNodes(
  seen: SeenCluster,
  names: readonly ApplicationName[],
  { named, schedulable, config, log }: ApplicationRequest & { readonly log: Log },
): Promise<readonly NamedRecord[]> {
  if (names.length === 0) return []
  const cluster = kindClusterOf(seen, await kindContainers())
  const usual = toPull(names, config)
  const records: NamedRecord[] = []
  for (const name of names) {
    const [reference, record] = [named[name], usual.get(name)]
    if (reference !== undefined) records.push({ name, reference, from: 'named' })
    else if (record !== undefined)
      records.push(cluster === undefined ? record : await loaded(record, { cluster, nodes: schedulable, config, log }))
  }
  return records
}

/** Images as nodes pull them, without those that only a registry has where none is to be used. */
function toPull(names: readonly ApplicationName[], config: Config): ReadonlyMap<ApplicationName, NamedRecord> {
  const found = referencesForNodes(names, config)
  return new Map(
    names.flatMap((name) => {
      const image = found.get(name)
      return image === undefined ? [] : [[name, { name, reference: image.reference, from: image.pulled ? 'pulled' : 'built' }] as const]
    }),
  )
}

/** An image of this machine in the nodes of a kind cluster. Where it cannot be got there, the nodes may still pull it, and say why not. */
async function loaded(
  usual: NamedRecord,
  {
    cluster,
    nodes,
    config,
    log,
  }: { readonly cluster: string; readonly nodes: readonly string[]; readonly config: Config; readonly log: Log },
): Promise<NamedRecord> {
  const { name, reference } = usual
  if ((await nodesWithout(reference, nodes)).length === 0) return { ...usual, from: 'present' }
  try {
    const [image = usual] = await ensureSuiteImages([name], { config, log })
    await loadIntoNodes(image.reference, { cluster, nodes, log })
    return { ...image, name }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    log(`${error.message} The nodes try to pull ${reference}.`)
    return usual
  }
}

/** Throws for an image that the user named and a node cannot run, unless its features were declared. */
function refuseNamed(outcomes: readonly ImageOutcome[], { needed, named, declared }: ApplicationRequest): void {
  for (const { name, outcome } of outcomes) {
    if (named[name] === undefined || !('what' in outcome)) continue
    const features = needed.filter((feature) => imagesFor([feature]).includes(name))
    if (features.every((feature) => declared.includes(feature))) continue
    throw new SetupError(`${outcome.what}.`, { fix: outcome.fix })
  }
}

/** What `applicationsOn` would try, and where each image would come from. Builds, pulls, loads and tries nothing. */
export async function plannedApplications(seen: SeenCluster, request: ApplicationRequest): Promise<readonly PlannedImageOfSuites[]> {
  const names = wanted(request)
  if (names.length === 0) return []
  const isKind = kindClusterOf(seen, await kindContainers()) !== undefined
  const { named, schedulable, config } = request
  const usual = toPull(names, config)
  const all = await Promise.all(
    names.map(async (name): Promise<readonly PlannedImageOfSuites[]> => {
      const [reference, record] = [named[name], usual.get(name)]
      if (reference !== undefined) return [{ name, reference, from: 'named' }]
      if (record === undefined || !isKind) return record === undefined ? [] : [record]
      if ((await nodesWithout(record.reference, schedulable)).length === 0) return [{ ...record, from: 'present', loadedInto: [] }]
      const image = await plannedSuiteImage(name, config)
      return [{ ...image, loadedInto: await nodesWithout(image.reference, schedulable) }]
    }),
  )
  return all.flat()
}

/** What is known of these features before anything is tried. */
export function untried(request: ApplicationRequest): readonly FeatureEvidence[] {
  return request.needed.map((feature) => overruled({ feature, isThere: false, by: 'probe', seen: reasons.image }, request))
}
