import { globSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { execa } from 'execa'
import { stringify } from 'yaml'
import { ensureTool } from './tools.ts'
import { clusterDirectory } from './directories.ts'
import type { Say } from './say.ts'

/** Where the host directory of volumes is mounted in every node. */
export const volumesInNode = '/var/lib/holdfast/volumes'

/** Network that the clusters of this machine share, so that two of them can reach one object store. */
export const networkName = 'holdfast'

const environment = { KIND_EXPERIMENTAL_DOCKER_NETWORK: networkName, KIND_EXPERIMENTAL_PROVIDER: 'docker' }

/**
 * A kubelet refuses cgroup v1 unless told otherwise; on cgroup v2 the field changes nothing. It looks at a running Pod's claims, and so
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

/** Configuration of a kind cluster: one control plane and `workers` workers, alternating between two zones. */
export function kindConfig(options: { readonly name: string; readonly workers: number; readonly staticRoutes: boolean }): string {
  const extraMounts = [{ hostPath: clusterDirectory(options.name, 'volumes'), containerPath: volumesInNode }]
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
  readonly log: string
  readonly say: Say
  readonly signal?: AbortSignal | undefined
}): Promise<void> {
  const kind = await ensureTool('kind', { say: options.say })
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
      env: environment,
      all: true,
      stdout: { file: options.log },
      stderr: { file: options.log },
      ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
    },
  )
}

/** Containers of a cluster's nodes, by node name. */
export async function nodeContainers(name: string): Promise<readonly string[]> {
  const { stdout } = await execa('docker', ['ps', '--all', '--filter', `label=io.x-k8s.kind.cluster=${name}`, '--format', '{{.Names}}'])
  return stdout.split('\n').filter((line) => line !== '')
}

/** The directory of this machine that a cluster's nodes mount for volumes; undefined when it has no nodes. */
export async function volumesOnHost(name: string): Promise<string | undefined> {
  const [container] = await nodeContainers(name).catch(() => [])
  if (container === undefined) return undefined
  const format = `{{range .Mounts}}{{if eq .Destination "${volumesInNode}"}}{{.Source}}{{end}}{{end}}`
  const { stdout } = await execa('docker', ['inspect', '--format', format, container], { reject: false })
  return stdout === undefined || stdout.trim() === '' ? undefined : stdout.trim()
}

/** Names of all kind clusters of ours whose containers exist, running or not. */
export async function kindClusters(): Promise<readonly string[]> {
  const { stdout } = await execa('docker', [
    'ps',
    '--all',
    '--filter',
    'label=io.x-k8s.kind.cluster',
    '--format',
    '{{.Label "io.x-k8s.kind.cluster"}}',
  ])
  return [...new Set(stdout.split('\n').filter((line) => line.startsWith('holdfast-')))]
}

/** Removes a cluster's containers with their volumes, and the shared network when no cluster uses it any more. */
export async function removeContainers(name: string): Promise<void> {
  const containers = await nodeContainers(name)
  if (containers.length > 0) await remove(containers)
  await removeNetworkIfUnused()
}

async function remove(containers: readonly string[]): Promise<void> {
  const command = ['rm', '--force', '--volumes', ...containers]
  const removed = await execa('docker', command, { reject: false })
  if (!removed.failed) return
  await thaw(containers)
  await execa('docker', command)
}

/** On cgroup v1, runc freezes a Pod's container while it sets it up: one that is killed then leaves it frozen, and nothing frozen can be killed. */
async function thaw(containers: readonly string[]): Promise<void> {
  const { stdout } = await execa('docker', ['inspect', '--format', '{{.Id}}', ...containers], { reject: false })
  const ids = stdout.split('\n').filter((id) => id !== '')
  for (const id of ids) {
    const states = globSync(`/sys/fs/cgroup/freezer/docker/${id}/**/freezer.state`)
    // Those below one that is gone by now are gone too.
    await Promise.allSettled(states.map(async (state) => writeFile(state, 'THAWED')))
  }
}

/** Removes the shared network when nothing is attached to it; says whether it did. */
export async function removeNetworkIfUnused(): Promise<boolean> {
  const removed = await execa('docker', ['network', 'rm', networkName], { reject: false })
  return !removed.failed
}
