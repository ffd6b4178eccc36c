import { ownCommand } from '../../contract/distribution.ts'
import type { ClusterRecord, ImageRecord } from '../../contract/cluster-record.ts'
import { clusterApi } from '../api.ts'
import type { Config } from '../config.ts'
import { kindClusterOf, kindContainers, loadIntoNodes } from '../existing/kind-nodes.ts'
import { holdfastImageDefinition } from '../images/holdfast-files.ts'
import { ensureImageApart } from '../images/image-apart.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'

/** Which image shards are to run in. */
export interface HoldfastImageRequest {
  /** What `--holdfast-image` names. */
  readonly named: string | undefined
  readonly config: Config
  readonly log: Log
}

/**
 * The image that shards run in: the one that was named, or one of this checkout, which is built and loaded into the nodes of a
 * kind cluster on this machine. Throws a `SetupError` where the nodes have no way to get one.
 */
export async function holdfastImage(record: ClusterRecord, { named, config, log }: HoldfastImageRequest): Promise<ImageRecord> {
  const { name: ofImage } = holdfastImageDefinition
  if (named !== undefined) return { name: ofImage, reference: named, from: 'named' }
  const server = clusterApi(record.kubeconfig, record.context).config.getCurrentCluster()?.server ?? ''
  const seen = { server, nodes: record.nodes.map(({ name }) => name) }
  const cluster = kindClusterOf(seen, await kindContainers())
  if (cluster === undefined) {
    throw new SetupError('The nodes of the cluster cannot get an image with Holdfast: it is in no registry.', {
      fix:
        `Where there is a container engine, push it with "${ownCommand} image push <repository> holdfast" ` +
        'and pass it as --holdfast-image.',
    })
  }
  const image = await ensureImageApart(holdfastImageDefinition, { config, log })
  const nodes = record.nodes.filter(({ takesPods }) => takesPods !== false).map(({ name }) => name)
  await loadIntoNodes(image.reference, { cluster, nodes, log })
  return image
}
