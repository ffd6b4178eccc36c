import { join } from 'node:path'
import type { V1Node } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { systemNamespace } from '../../contract/system.ts'
import { clusterApi } from '../api.ts'
import type { Config } from '../config.ts'
import { schedulableNodes } from '../existing/nodes.ts'
import { ensureImages } from '../images/ensure-images.ts'
import { ensureImageApart } from '../images/image-apart.ts'
import { type NamedImages, saveImagesAs } from '../images/hand-over.ts'
import { strangerImages } from '../images/stranger-images.ts'
import { applyPlan } from '../install/apply-plan.ts'
import { distinct, withNamespaces } from '../install/distinct.ts'
import { driverReady } from '../install/driver-ready.ts'
import { readArchive } from '../install/image-archive.ts'
import { renderKustomization } from '../install/kustomize.ts'
import { manifestSource, readManifests } from '../install/manifest-sources.ts'
import { loadArchives } from '../install/node-images.ts'
import { stagesOf } from '../install/stages.ts'
import { containerImages, workloadsIn } from '../install/workloads.ts'
import { nodeContainers } from '../kind/kind.ts'
import type { Log } from '../log.ts'
import { systemPodsReady } from '../readiness/system-pods.ts'
import { installForDriver } from '../steps/storage.ts'
import type { Stranger } from './stranger.ts'

/** What preparing a stranger needs. */
interface PrepareOptions {
  readonly config: Config
  /** An existing directory for what is made on the way. */
  readonly directory: string
  readonly log: Log
}

/** Where a stranger settles. */
interface SettleOptions {
  /** A bare cluster. */
  readonly record: ClusterRecord
  readonly config: Config
  readonly log: Log
  readonly signal: AbortSignal
}

/** All that a stranger is installed from. */
interface Prepared {
  readonly objects: ReturnType<typeof withNamespaces>['manifests']
  readonly archive: Awaited<ReturnType<typeof readArchive>>
  /** Reference by name in the catalogue. */
  readonly references: Readonly<Record<string, string>>
}

/** Builds what a stranger is installed from. It needs no cluster, and the first time may take minutes. */
export async function prepare(stranger: Stranger, { config, directory, log }: PrepareOptions): Promise<Prepared> {
  const { references } = await ensureImages({ config, log })
  const path = join(directory, 'images.tar')
  await saveImagesAs(path, await imagesOf(stranger, references, { config, log }))
  const { manifests } = await readManifests([manifestSource(stranger.manifests)], async (from) =>
    renderKustomization(from, { log, mayBuild: true }),
  )
  return { objects: withNamespaces(distinct(manifests)).manifests, archive: await readArchive(path), references }
}

/**
 * Installs a stranger as the administrator of its cluster would. Returns the namespaces of its Pods. Throws a `SetupError` of one sentence
 * for what does not come about.
 */
export async function settle(
  stranger: Stranger,
  { objects: placed, archive, references }: Prepared,
  { record, config, log, signal }: SettleOptions,
): Promise<readonly string[]> {
  const api = clusterApi(record.kubeconfig, record.context)
  const nodes = (await api.objects.list<V1Node>('v1', 'Node')).items
  if (stranger.snapshots) {
    const brought = { definitions: [], snapshotController: false }
    await installForDriver(api, { controlPlane: `${record.name}-control-plane`, images: references }, brought)
    await systemPodsReady(api, { nodes: nodes.length, namespaces: [systemNamespace], signal })
  }
  await loadArchives([archive], { nodes: await nodeContainers(record.name), log, signal })
  await applyPlan(api, { stages: stagesOf(placed) }, { log, signal })
  const objects = placed.map(({ manifest }) => manifest)
  const workloads = workloadsIn(objects)
  const namespaces = [...new Set(workloads.map(({ namespace }) => namespace))]
  const images = containerImages(objects).map(({ reference }) => ({ reference, archive: archive.path }))
  const names = schedulableNodes(nodes, config.workload).map(({ metadata }) => metadata?.name ?? '')
  await driverReady(api, { driver: stranger.driver, plan: { workloads, namespaces, images }, nodes: names, log, signal })
  return namespaces
}

/** References of the images, by the names under which the manifests of a stranger know them. */
async function imagesOf(
  { images, name: stranger }: Stranger,
  references: Readonly<Record<string, string>>,
  making: { readonly config: Config; readonly log: Log },
): Promise<NamedImages> {
  const found: Record<string, string> = {}
  for (const [name, image] of Object.entries(images)) {
    const apart = strangerImages.find((each) => each.name === image)
    const reference = apart === undefined ? references[image] : (await ensureImageApart(apart, making)).reference
    if (reference === undefined) throw new Error(`Stranger ${stranger} wants the image ${image}, which the catalogue does not have.`)
    found[name] = reference
  }
  return found
}
