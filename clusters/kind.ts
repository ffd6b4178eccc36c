import { globSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { execa } from 'execa'
import { stringify } from 'yaml'
import { type ClusterOwner, mountPointOf } from './cluster-owner.ts'
import { askEngine, engine, engineLines } from './container-engine.ts'
import { clusterDirectory } from './directories.ts'
import type { Log } from './log.ts'
import { ensureTool } from './tools.ts'

/** Mount path of the host's volume directory in every node. */
export const volumesInNode = '/var/lib/holdfast/volumes'

/** Label that kind gives the containers of nodes: the cluster. */
export const kindLabel = 'io.x-k8s.kind.cluster'

/**
 * A kubelet refuses cgroup v1 unless told otherwise; on cgroup v2 the field changes nothing. It looks at a running Pod's PVCs, and so
 * grows its file systems, only when it syncs the Pod: by default once a minute. It mounts no attached volume before the node's status
 * lists it as in use, and none is detached before the status lists it no longer: by default that status is made every 10 s. It is
 * reported only when it has changed, for which the second of the two frequencies must be given with the first.
 */
const kubelet = {
  kind: 'KubeletConfiguration',
  failCgroupV1: false,
  syncFrequency: '2s',
  nodeStatusUpdateFrequency: '1s',
  nodeStatusReportFrequency: '5m',
}

/**
 * Configuration of a kind cluster: one control plane and `workers` workers, alternating between two zones. Every node carries the owner.
 */
export function kindConfig(options: {
  readonly name: string
  readonly owner: ClusterOwner
  readonly workers: number
  readonly staticRoutes: boolean
}): string {
  const extraMounts = [
    { hostPath: clusterDirectory(options.name, 'volumes'), containerPath: volumesInNode },
    { hostPath: clusterDirectory(options.name, 'logs'), containerPath: mountPointOf(options.owner), readOnly: true },
  ]
  const workers = Array.from({ length: options.workers }, (_, ordinal) => ({
    role: 'worker',
    labels: { 'topology.kubernetes.io/zone': ordinal % 2 === 0 ? 'zone-a' : 'zone-b' },
    extraMounts,
  }))
  return stringify({
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    networking: { disableDefaultCNI: options.staticRoutes },
    kubeadmConfigPatches: [stringify(kubelet)],
    nodes: [{ role: 'control-plane', labels: { 'topology.kubernetes.io/zone': 'zone-a' }, extraMounts }, ...workers],
  })
}

/** Runs `kind create cluster`. What kind prints goes to `log`. */
export async function kindCreate(options: {
  readonly name: string
  readonly image: string
  readonly config: string
  readonly network: string
  readonly logFile: string
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}): Promise<void> {
  const kind = await ensureTool('kind', { log: options.log })
  await execa(
    kind,
    [
      'create',
      'cluster',
      '--name',
      options.name,
      '--image',
      options.image,
      '--config',
      '-',
      '--kubeconfig',
      clusterDirectory(options.name, 'kubeconfig'),
      '--retain',
      '--verbosity',
      '1',
    ],
    {
      input: options.config,
      env: { KIND_EXPERIMENTAL_DOCKER_NETWORK: options.network, KIND_EXPERIMENTAL_PROVIDER: 'docker' },
      all: true,
      stdout: { file: options.logFile },
      stderr: { file: options.logFile },
      ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
    },
  )
}

/** Containers of a cluster's nodes, by node name. */
export async function nodeContainers(name: string): Promise<readonly string[]> {
  return engineLines(['ps', '--all', '--filter', `label=${kindLabel}=${name}`, '--format', '{{.Names}}'])
}

/** Removes the containers of a cluster's nodes with their volumes. */
export async function removeNodes(name: string): Promise<void> {
  const containers = await nodeContainers(name)
  if (containers.length === 0) return
  const command = ['rm', '--force', '--volumes', ...containers] as const
  if ((await askEngine(command)) !== undefined) return
  await thaw(containers)
  await engine(command)
}

/**
 * On cgroup v1, runc freezes a Pod's container while it sets it up: one that is killed then leaves it frozen, and nothing frozen can be
 * killed.
 */
async function thaw(containers: readonly string[]): Promise<void> {
  const ids = (await askEngine(['inspect', '--format', '{{.Id}}', ...containers])) ?? ''
  for (const id of ids.split('\n').filter((line) => line !== '')) {
    const states = globSync(`/sys/fs/cgroup/freezer/docker/${id}/**/freezer.state`)
    // Those below one that is gone by now are gone too.
    await Promise.allSettled(states.map(async (state) => writeFile(state, 'THAWED')))
  }
}
