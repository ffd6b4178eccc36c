import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryPrefix } from '../contract/owner.ts'
import { systemNamespace } from '../contract/system.ts'
import { clusterApi } from './api.ts'
import { collectClusterLogs } from './cluster-logs.ts'
import { type ClusterOwner, thisProcess, writeOwner } from './machine/cluster-owner.ts'
import { ownerOf } from './machine/cluster-parts.ts'
import { recordOf } from './record/cluster-record.ts'
import type { Config } from './config.ts'
import { secondClusterPrefix, deleteCluster } from './delete-cluster.ts'
import { clusterDirectory } from './directories.ts'
import { ensureImages, type ImageSet } from './images/ensure-images.ts'
import { installDriver } from './install/install-driver.ts'
import type { Installation } from './install/installation.ts'
import { kindCreate, nodeContainers } from './kind/kind.ts'
import { keepsAuditLog, writeAuditPolicy } from './kind-config/audit-log.ts'
import { configOf } from './kind-config/configured.ts'
import { kindConfig, workersOf } from './kind-config/kind-config.ts'
import { readClusterRecord } from './record/list-clusters.ts'
import { createNetwork, networkOf } from './machine/network.ts'
import { driverName } from './profiles/default-profile.ts'
import { veleroNamespace } from './profiles/velero-profile.ts'
import { provenByCanary } from './readiness/canary.ts'
import { systemPodsReady } from './readiness/system-pods.ts'
import type { ClusterRecord } from '../contract/cluster-record.ts'
import type { Log } from './log.ts'
import { because, SetupError } from './setup-error.ts'
import { backupsReady, installBackups, startObjectStores, withBackups, type ObjectStores } from './steps/backups.ts'
import { readCredentials } from './steps/velero.ts'
import { freshClusterDns, serviceNetworkReady } from './steps/cluster-dns.ts'
import { componentsBeside } from './steps/components.ts'
import { joinPodNetworks } from './steps/pod-routes.ts'
import { installForDriver, installStorage, removeUsualProvisioner } from './steps/storage.ts'
import { ownCommand } from '../contract/distribution.ts'

/** Options of a new cluster. */
export interface CreateOptions {
  /** Starts with `holdfast-`; made up when absent. */
  readonly name?: string
  /** Keep the cluster when this process ends, also when its start fails. */
  readonly retain?: boolean
  readonly owner: 'run' | 'up'
  readonly config: Config
  readonly log: Log
  readonly signal?: AbortSignal
  /** A CSI driver of the user's in place of ours. */
  readonly installation?: Installation | undefined
  /** Whether it is Kubernetes and nothing else: no CSI driver, no class, no snapshot API. What its record says of storage is void then. */
  readonly bare?: boolean
  /** Where logs and dumps go when the start fails; a `logs` folder beside the clusters' state when absent. */
  readonly evidenceDirectory?: string
}

/** A name no other cluster has. */
function newClusterName(): string {
  return `holdfast-${randomBytes(3).toString('hex')}`
}

/**
 * Makes a kind cluster with the CSI driver, the snapshot controller and the profile's classes, and proves it ready. The profile `velero`
 * adds Velero and an object store beside the cluster. A driver of the user's takes the place of ours and of the classes.
 */
export async function createCluster(options: CreateOptions): Promise<ClusterRecord> {
  const name = options.name ?? newClusterName()
  const owner = thisProcess(options.owner, options.owner === 'up' || options.retain === true)
  const hasBackups = options.config.profile === 'velero'
  const network = async () => {
    await createNetwork(name, owner)
    return name
  }
  return await make({ name, owner, network, options }, async (given) => {
    if (!hasBackups) return (await start({ ...given, options })).record
    const { images } = given
    const { record, stores } = await start({ ...given, options, stores: async () => startObjectStores({ cluster: name, owner }, images) })
    if (stores === undefined) throw new Error('The object stores were not started.')
    return withBackups(record, { images, stores })
  })
}

/**
 * Creates a second, single-node cluster, of the Kubernetes of the first unless settings say otherwise. Its Velero writes to the object
 * store of a cluster of the profile `velero`, under its own prefix. It is deleted together with the first cluster.
 */
export async function createSecondCluster(firstName: string, options: Omit<CreateOptions, 'owner'>): Promise<ClusterRecord> {
  const first = await readClusterRecord(firstName)
  const owner = await ownerOf(firstName)
  const { objectStore } = first
  if (objectStore === undefined || owner === undefined) {
    throw new SetupError(`Cluster ${firstName} has no object store to share with a second cluster.`, {
      fix: `Create one that has: ${ownCommand} up --profile velero`,
    })
  }
  const name = options.name ?? `${secondClusterPrefix(firstName)}${randomBytes(2).toString('hex')}`
  if (!name.startsWith(secondClusterPrefix(firstName))) {
    throw new SetupError(`${name} is not a valid name for a cluster beside ${firstName}.`, {
      fix: `Leave --name out, or start it with ${secondClusterPrefix(firstName)}.`,
    })
  }
  const stores = { main: { record: objectStore, credentials: await readCredentials(clusterApi(first.kubeconfig, first.context)) } }
  const config = { ...configOf(first), ...options.config, profile: 'velero', workers: 0 } as const
  const small = { ...options, owner: owner.kind, config }
  const network = async () => networkOf(firstName)
  return await make({ name, owner, network, options: small }, async (given) => {
    const { record } = await start({ ...given, options: small, stores: async () => Promise.resolve(stores) })
    return withBackups(record, { images: given.images, stores })
  })
}

/** Name, owner, network and images of a cluster, before its nodes are created. */
interface Given {
  readonly name: string
  readonly owner: ClusterOwner
  readonly network: string
  readonly images: ImageSet
}

/**
 * Makes a cluster with a directory of its own, and leaves nothing of it when that fails. The network comes before the images are looked at:
 * from then on nobody who shares the engine removes one of them.
 */
async function make(
  request: {
    readonly name: string
    readonly owner: ClusterOwner
    /** Makes or finds the network of the nodes. */
    readonly network: () => Promise<string>
    readonly options: CreateOptions
  },
  work: (given: Given) => Promise<ClusterRecord>,
): Promise<ClusterRecord> {
  const { name, owner, options } = request
  if (existsSync(clusterDirectory(name)) || (await nodeContainers(name)).length > 0) {
    throw new SetupError(`A cluster named ${name} already exists.`, {
      fix: `Choose another --name, or delete it: ${ownCommand} down ${name}`,
    })
  }
  await makeDirectory(name, owner)
  try {
    const network = await request.network()
    const record = await work({ name, owner, network, images: await ensureImages(options) })
    await writeFile(clusterDirectory(name, 'cluster.json'), `${JSON.stringify(record, null, 2)}\n`)
    return record
  } catch (error) {
    // The reason of the failed start is what is thrown; the next sweep finds what could not be removed here.
    await failed(name, options).catch((left: unknown) => options.log(`  could not remove all of it: ${messageOf(left)}`))
    throw error
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
}

/** The directory appears with its owner in it, so that no sweep of another run ever finds it without one. */
async function makeDirectory(name: string, owner: ClusterOwner): Promise<void> {
  const prepared = clusterDirectory(`.${temporaryPrefix('preparing')}${name}`)
  for (const below of ['volumes', 'logs']) await mkdir(join(prepared, below), { recursive: true })
  await writeOwner(prepared, owner)
  await rename(prepared, clusterDirectory(name))
}

interface Started {
  readonly record: ClusterRecord
  readonly stores: ObjectStores | undefined
}

interface Start extends Given {
  readonly options: CreateOptions
  /** Starts what holds backups, as soon as the network is there. */
  readonly stores?: () => Promise<ObjectStores>
}

async function start({ name, owner, network, images, options, stores: startStores }: Start): Promise<Started> {
  const { log, signal } = options
  const started = Date.now()
  const elapsed = (): string => `${((Date.now() - started) / 1000).toFixed(1)} s`
  const workers = workersOf(options.config)
  const config = kindConfig({
    ...{ name, owner, workers, staticRoutes: images.origin === 'offline' },
    release: images.kubernetes,
    settings: options.config,
  })
  if (keepsAuditLog(options.config)) await writeAuditPolicy(name)
  const logFile = clusterDirectory(name, 'logs', 'kind-create.log')
  const nodes = workers === 0 ? '1 node' : `1 control plane, ${workers} workers`
  log(`creating cluster ${name}: Kubernetes ${images.kubernetes.kubernetes}, ${nodes}`)
  try {
    await kindCreate({ name, image: images.nodeImage, config, network, logFile, log, signal })
  } catch (error) {
    signal?.throwIfAborted()
    throw new SetupError(`kind could not create cluster ${name}${because(error)}.`, {
      fix: `Read kind-create.log in the evidence of the failed start, and run ${ownCommand} doctor.`,
      cause: error,
    })
  }
  log(`  ${name}: nodes started after ${elapsed()}`)
  const stores = await startStores?.()
  const api = clusterApi(clusterDirectory(name, 'kubeconfig'))
  if (images.origin === 'offline') await joinPodNetworks(api, workers + 1)
  await serviceNetworkReady(api, [`${name}-control-plane`])
  const { installation, bare = false } = options
  const storage = { controlPlane: `${name}-control-plane`, images: images.references }
  const install = async () =>
    installation === undefined ? installStorage(api, storage) : installForDriver(api, storage, installation.plan)
  await Promise.all([bare ? removeUsualProvisioner(api) : install(), freshClusterDns(api, await nodeContainers(name))])
  if (stores !== undefined) await installBackups(api, { name, images, stores })
  await systemPodsReady(api, { nodes: workers + 1, ...systemOf(options), signal })
  log(`  ${name}: Pods ready after ${elapsed()}`)
  if (installation !== undefined) {
    const record = await installDriver(api, { name, images, config: options.config, installation, log, signal })
    log(`  ${name}: driver ready and probed after ${elapsed()}`)
    return { record, stores }
  }
  if (!bare) await provenByCanary(api, { node: workers === 0 ? `${name}-control-plane` : `${name}-worker`, signal })
  if (stores !== undefined) await backupsReady(api, { stores, signal })
  log(`  ${name}: all controllers ready after ${elapsed()}`)
  return { record: await recordOf(api, { name, images, config: options.config }), stores }
}

/** What runs on a cluster before a driver of the user's is installed. */
function systemOf({ installation, config, bare }: CreateOptions): { readonly namespaces: readonly string[]; readonly driver?: string } {
  if (bare === true) return { namespaces: ['kube-system'] }
  const backups = config.profile === 'velero' ? [veleroNamespace] : []
  if (installation === undefined) return { namespaces: ['kube-system', systemNamespace, ...backups], driver: driverName }
  return { namespaces: ['kube-system', ...(componentsBeside(installation.plan).length === 0 ? [] : [systemNamespace])] }
}

/** Collects the logs of a failed start, then deletes the cluster unless it is to be retained. */
async function failed(name: string, options: CreateOptions): Promise<void> {
  const evidence = options.evidenceDirectory ?? join(clusterDirectory('..'), 'failed', name)
  await collectClusterLogs({ name, directory: evidence, driverNamespaces: options.installation?.plan.namespaces }).catch((error: unknown) =>
    options.log(`  could not collect logs: ${String(error)}`),
  )
  await cp(clusterDirectory(name, 'logs'), evidence, { recursive: true })
  if ((await readdir(evidence)).length > 0) options.log(`  evidence of the failed start: ${evidence}`)
  if (options.retain === true) {
    options.log(`  the cluster is kept; delete it with ${ownCommand} down ${name}`)
    return
  }
  await deleteCluster(name, options)
}
