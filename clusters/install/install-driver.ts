import { ApiException, type KubernetesObject, type V1Node, type V1Pod, type V1StorageClass } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import type { ClusterApi } from '../api.ts'
import { attachExisting } from '../attach/attach-existing.ts'
import { recordOf, type Recorded } from '../record/cluster-record.ts'
import { clusterDirectory } from '../directories.ts'
import { withMadeClasses } from '../driver-definition/made-classes.ts'
import { isDefaultClass } from '../existing/classes.ts'
import { schedulableNodes } from '../existing/nodes.ts'
import { statusMessage } from '../existing/status-message.ts'
import { nodeContainers } from '../kind/kind.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { applyPlan } from './apply-plan.ts'
import { driverImages } from './driver-images.ts'
import { driverReady } from './driver-ready.ts'
import type { Installation } from './installation.ts'
import { installedRecord } from './installed-record.ts'
import { imagesInNode, loadArchives } from './node-images.ts'

/** A cluster of ours without a CSI driver, and the driver that it gets. */
export interface InstallOptions extends Recorded {
  readonly installation: Installation
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

/**
 * Puts a driver of the user's on a cluster of ours: its images, its objects, its classes. Waits until every node has it and it has made a
 * volume that a Pod uses, probes it, and describes the cluster. Throws a `SetupError` of one sentence for what does not come about.
 */
export async function installDriver(api: ClusterApi, options: InstallOptions): Promise<ClusterRecord> {
  const { name, config, installation, log, signal } = options
  const { definition, plan, archives, from } = installation
  const nodes = schedulableNodes((await api.objects.list<V1Node>('v1', 'Node')).items, config.workload).map(
    ({ metadata }) => metadata?.name ?? '',
  )
  // On kind a node has the name of its container.
  const present = await imagesInNode(nodes[0] ?? '')
  await loadArchives(archives, { nodes: await nodeContainers(name), log, signal })
  await applyPlan(api, plan, { log, signal })
  await driverReady(api, { driver: definition.driver, plan, nodes, log, signal })
  log(`  ${name}: driver ${definition.driver} is on ${nodes.join(', ')}`)
  const made = withMadeClasses(definition)
  for (const each of made.classes) await makeClass(api, each)
  const seen = await probed({ ...options, installation: { ...installation, definition: made.definition } })
  return installedRecord({
    own: await recordOf(api, options),
    seen,
    images: driverImages({ images: plan.images, present, pods: await podsOf(api, plan.namespaces) }),
    subject: {
      ...{ name: definition.driver, definition: from.definition, files: from.files, namespaces: plan.namespaces },
      archives: archives.map(({ path, sha256 }) => ({ path, sha256 })),
    },
    brought: plan,
    hasDefaultClass: (await api.objects.list<V1StorageClass>('storage.k8s.io/v1', 'StorageClass')).items.some(isDefaultClass),
  })
}

/** Looks at the cluster as at one that somebody else made, and tries its driver. */
async function probed({ name, images, config, installation, log, signal }: InstallOptions): Promise<ClusterRecord> {
  const { definition, storageClass, snapshotClass, declared, undeclared } = installation
  try {
    const named = { storageClass, snapshotClass, declared, undeclared, driver: definition, workloadImage: images.references['workload'] }
    const mustProvision = definition.capabilities.persistence === true
    const kubeconfig = clusterDirectory(name, 'kubeconfig')
    return await attachExisting({ kubeconfig, ...named, mustProvision }, { config, log, signal })
  } catch (error) {
    if (!(error instanceof SetupError) || error.fix !== undefined) throw error
    throw new SetupError(error.message, {
      fix: 'Look at events.txt, describe-pods.txt and driver-pods.log in the evidence of the failed start.',
      cause: error.cause,
    })
  }
}

async function makeClass(api: ClusterApi, object: KubernetesObject): Promise<void> {
  try {
    await api.apply(object)
  } catch (error) {
    if (!(error instanceof ApiException)) throw error
    throw new SetupError(
      `The cluster refuses the ${object.kind ?? 'class'} that the driver definition asks for: ${statusMessage(error)}.`,
      {
        fix: 'Correct it in the definition, or name one of the manifests (FromExistingClassName).',
        cause: error,
      },
    )
  }
}

async function podsOf(api: ClusterApi, namespaces: readonly string[]): Promise<readonly V1Pod[]> {
  const lists = await Promise.all(namespaces.map(async (namespace) => api.objects.list<V1Pod>('v1', 'Pod', namespace)))
  return lists.flatMap(({ items }) => items)
}
