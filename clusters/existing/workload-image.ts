import type { Config } from '../config.ts'
import { ensureSuiteImages, plannedSuiteImage, referencesForNodes } from '../images/named-images.ts'
import type { ImageRecord } from '../../contract/cluster-record.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { kindClusterOf, kindContainers, loadIntoNodes, nodesWithout, type SeenCluster } from './kind-nodes.ts'
import { ownCommand } from '../../contract/distribution.ts'

/** Which image suites are to run in, and the nodes that need it. */
export interface ImageRequest {
  /** What `--workload-image` names. */
  readonly named: string | undefined
  readonly schedulable: readonly string[]
  readonly config: Config
  readonly log: Log
}

/**
 * The image that suites run in: the one that was named, or ours, which is loaded into the nodes of a kind cluster on this machine. Throws a
 * `SetupError` where the nodes have no way to get one.
 */
export async function imageInNodes(seen: SeenCluster, { named, schedulable, config, log }: ImageRequest): Promise<ImageRecord> {
  if (named !== undefined) return { name: 'workload', reference: named, from: 'named' }
  const cluster = kindClusterOf(seen, await kindContainers())
  if (cluster === undefined) throw unreachableNodes(config)
  const [image] = await ensureSuiteImages(['workload'], { config, log })
  if (image === undefined) throw new TypeError('The workload image has no record.')
  await loadIntoNodes(image.reference, { cluster, nodes: schedulable, log })
  return image
}

/** Where the image of suites would come from. */
export interface PlannedImageOfSuites extends Pick<ImageRecord, 'name' | 'reference' | 'from'> {
  /** Nodes of a kind cluster on this machine that it would be loaded into; absent where nodes pull it. */
  readonly loadedInto?: readonly string[]
}

/** What `imageInNodes` would do. Builds, pulls and loads nothing. Throws the same `SetupError`. */
export async function plannedImageInNodes(
  seen: SeenCluster,
  { named, schedulable, config }: Omit<ImageRequest, 'log'>,
): Promise<PlannedImageOfSuites> {
  if (named !== undefined) return { name: 'workload', reference: named, from: 'named' }
  if (kindClusterOf(seen, await kindContainers()) === undefined) throw unreachableNodes(config)
  const image = await plannedSuiteImage('workload', config)
  return { ...image, loadedInto: await nodesWithout(image.reference, schedulable) }
}

function unreachableNodes(config: Config): SetupError {
  const reference = referencesForNodes(['workload'], config).get('workload')?.reference ?? ''
  return new SetupError(`The nodes of the cluster cannot pull the workload image: ${reference} is in no registry.`, {
    fix:
      `Where there is a container engine, push it with "${ownCommand} image push <repository>" and pass it as --workload-image, ` +
      `or import it on the nodes from a file: "${ownCommand} image save <file>".`,
  })
}
