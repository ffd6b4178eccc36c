import type { V1Node } from '@kubernetes/client-node'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { clusterApi, type ClusterApi } from './api.ts'
import type { Config } from './config.ts'
import { deleteCluster } from './delete-cluster.ts'
import { clusterDirectory } from './directories.ts'
import { collectClusterLogs } from './cluster-logs.ts'
import { ensureImages, type ImageSet } from './images/ensure-images.ts'
import { versions } from './images/versions.ts'
import { kindConfig, kindCreate, nodeContainers } from './kind.ts'
import { thisProcess, writeOwner, type Owner } from './owner.ts'
import {
  className,
  driverName,
  faultyGroupSnapshotClasses,
  faultySnapshotClasses,
  faultyStorageClasses,
  features,
  storageClasses,
  volumeAttributesClasses,
} from './profiles/default-profile.ts'
import { provenByCanary } from './readiness/canary.ts'
import { systemPodsReady } from './readiness/system-pods.ts'
import type { ClusterRecord, NodeRecord } from './record.ts'
import type { Say } from './say.ts'
import { SetupError } from './setup-error.ts'
import { freshClusterDns, serviceNetworkReady } from './steps/cluster-dns.ts'
import { joinPodNetworks } from './steps/pod-routes.ts'
import { installStorage } from './steps/storage.ts'

/** What to create, and for whom. */
export interface CreateOptions {
  /** Starts with `holdfast-`; made up when absent. */
  readonly name?: string
  /** Keep the cluster when this process ends, and the wreck when the start fails. */
  readonly retain?: boolean
  readonly owner: 'run' | 'up'
  readonly config: Config
  readonly say: Say
  readonly signal?: AbortSignal
  /** Where logs and dumps go when the start fails; a `logs` folder beside the clusters' state when absent. */
  readonly evidenceDirectory?: string
}

/** A name no other cluster has. */
function newClusterName(): string {
  return `holdfast-${randomBytes(3).toString('hex')}`
}

/** Makes a kind cluster with the CSI driver, the snapshot controller and the profile's classes, and proves it ready. */
export async function createCluster(options: CreateOptions): Promise<ClusterRecord> {
  const name = options.name ?? newClusterName()
  if (existsSync(clusterDirectory(name)) || (await nodeContainers(name)).length > 0) {
    throw new SetupError(`A cluster named ${name} already exists.`, { fix: `Choose another --name, or remove it: ./holdfast down ${name}` })
  }
  const images = await ensureImages(options)
  await makeDirectory(name, thisProcess(options.owner, options.owner === 'up' || options.retain === true))
  try {
    return await start(name, images, options)
  } catch (error) {
    await failed(name, options)
    throw error
  }
}

/** The directory appears with its owner in it, so that no sweep of another run ever finds it without one. */
async function makeDirectory(name: string, owner: Owner): Promise<void> {
  const prepared = clusterDirectory(`.preparing-${process.pid}-${name}`)
  for (const below of ['volumes', 'logs']) await mkdir(join(prepared, below), { recursive: true })
  await writeOwner(prepared, owner)
  await rename(prepared, clusterDirectory(name))
}

async function start(name: string, images: ImageSet, options: CreateOptions): Promise<ClusterRecord> {
  const { say, signal } = options
  const started = Date.now()
  const elapsed = (): string => `${((Date.now() - started) / 1000).toFixed(1)} s`
  const workers = options.config.workers ?? 2
  const config = kindConfig({ name, workers, staticRoutes: images.origin === 'offline' })
  const log = clusterDirectory(name, 'logs', 'kind-create.log')
  say(`creating cluster ${name}: 1 control plane, ${workers} workers`)
  try {
    await kindCreate({ name, image: images.nodeImage, config, log, say, signal })
  } catch (error) {
    signal?.throwIfAborted()
    throw new SetupError(`kind could not create cluster ${name}.`, {
      fix: 'Read kind-create.log in the evidence of the failed start, and run ./holdfast doctor.',
      cause: error,
    })
  }
  say(`  nodes started after ${elapsed()}`)
  const api = clusterApi(clusterDirectory(name, 'kubeconfig'))
  if (images.origin === 'offline') await joinPodNetworks(api, workers + 1)
  await serviceNetworkReady(api, [`${name}-control-plane`])
  await Promise.all([
    installStorage(api, { controlPlane: `${name}-control-plane`, images: images.references }),
    freshClusterDns(api, await nodeContainers(name)),
  ])
  await systemPodsReady(api, { nodes: workers + 1, signal })
  say(`  Pods ready after ${elapsed()}`)
  await provenByCanary(api, { worker: `${name}-worker`, signal })
  say(`  every controller proven ready after ${elapsed()}`)
  const record = await recordOf(api, name, images)
  await writeFile(clusterDirectory(name, 'cluster.json'), `${JSON.stringify(record, null, 2)}\n`)
  return record
}

async function recordOf(api: ClusterApi, name: string, images: ImageSet): Promise<ClusterRecord> {
  const nodes = (await api.objects.list<V1Node>('v1', 'Node')).items
  const info = nodes[0]?.status?.nodeInfo
  return {
    schemaVersion: 1,
    name,
    profile: 'default',
    createdAt: new Date().toISOString(),
    kubeconfig: clusterDirectory(name, 'kubeconfig'),
    context: `kind-${name}`,
    versions: {
      kubernetes: info?.kubeletVersion ?? versions.kubernetes,
      kind: versions.kind,
      containerd: info?.containerRuntimeVersion.replace('containerd://', '') ?? '',
      kernel: info?.kernelVersion ?? '',
      'csi-provisioner': versions.csiProvisioner,
      'csi-attacher': versions.csiAttacher,
      'csi-resizer': versions.csiResizer,
      'csi-snapshotter': versions.csiSnapshotter,
      'snapshot-controller': versions.csiSnapshotter,
    },
    nodes: nodes.map(nodeRecord),
    features,
    driver: driverName,
    storageClass: className,
    snapshotClass: className,
    storageClasses,
    groupSnapshotClass: className,
    volumeAttributesClasses,
    faultyStorageClasses,
    faultySnapshotClasses,
    faultyGroupSnapshotClasses,
    images: images.records,
    workloadImage: images.references['workload'] ?? '',
    callLogDirectory: clusterDirectory(name, 'volumes', 'calls'),
  }
}

function nodeRecord(node: V1Node): NodeRecord {
  const name = node.metadata?.name ?? ''
  const labels = node.metadata?.labels ?? {}
  return {
    name,
    role: 'node-role.kubernetes.io/control-plane' in labels ? 'control-plane' : 'worker',
    zone: labels['topology.kubernetes.io/zone'] ?? '',
    container: name,
    address: node.status?.addresses?.find((entry) => entry.type === 'InternalIP')?.address ?? '',
  }
}

/** Keeps what a failed start can tell, then removes it, unless the wreck is wanted. */
async function failed(name: string, options: CreateOptions): Promise<void> {
  const evidence = options.evidenceDirectory ?? join(clusterDirectory('..'), 'failed', name)
  await collectClusterLogs({ name, directory: evidence }).catch((error: unknown) =>
    options.say(`  could not collect logs: ${String(error)}`),
  )
  await cp(clusterDirectory(name, 'logs'), evidence, { recursive: true })
  options.say(`  evidence of the failed start: ${evidence}`)
  if (options.retain === true) {
    options.say(`  the cluster is kept; remove it with ./holdfast down ${name}`)
    return
  }
  await deleteCluster(name, options)
}
