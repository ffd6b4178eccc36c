import { systemNamespace } from '../contract/system.ts'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { askEngine, everythingPrinted } from './machine/container-engine.ts'
import { nodeContainers } from './kind/kind.ts'
import type { Component } from './steps/component.ts'
import { components, componentsBeside } from './steps/components.ts'

const looks: Readonly<Record<string, readonly string[]>> = {
  'nodes.txt': ['get', 'nodes', '--output', 'wide'],
  'pods.txt': ['get', 'pods', '--all-namespaces', '--output', 'wide'],
  'events.txt': ['get', 'events', '--all-namespaces', '--sort-by=.lastTimestamp'],
  'storage.txt': ['get', 'pv,pvc,volumeattachments,csinodes,csidrivers,storageclasses', '--all-namespaces', '--output', 'wide'],
  'describe-pods.txt': ['describe', 'pods', '--all-namespaces'],
}

/** Logs of components that Holdfast brings. */
function looksAtComponents(some: readonly Component[]): typeof looks {
  const logs = some.flatMap((component) => Object.entries(component.logs))
  return Object.fromEntries(logs.map(([file, what]) => [file, ['logs', '--namespace', systemNamespace, ...what, '--tail=5000']]))
}

/** Logs of all Pods in the namespaces of a driver of the user's: nothing is known of their labels. */
function looksAtDriver(namespaces: readonly string[]): typeof looks {
  const flags = ['--selector=!holdfast.dev/none', '--all-containers', '--prefix', '--tail=2000']
  const ofEach = namespaces.map((namespace) => [logOf(namespaces, namespace), ['logs', '--namespace', namespace, ...flags]] as const)
  return Object.fromEntries(ofEach)
}

/** Logs of the driver and of the components beside it. The log of one that the driver brings says that ours is not there. */
function looksAtStorage(driverNamespaces: readonly string[] | undefined): typeof looks {
  if (driverNamespaces === undefined) return looksAtComponents(components)
  return { ...looksAtComponents(componentsBeside({ snapshotController: false })), ...looksAtDriver(driverNamespaces) }
}

function logOf([first]: readonly string[], namespace: string): string {
  return namespace === first ? 'driver-pods.log' : `driver-pods-${namespace}.log`
}

/** Log sources that only clusters of the profile `velero` have. */
const looksAtBackups: typeof looks = {
  'velero.log': ['logs', '--namespace', 'velero', 'deployment/velero', '--tail=20000'],
  'velero-node-agent.log': ['logs', '--namespace', 'velero', '--selector=name=node-agent', '--prefix', '--tail=5000'],
  'velero.txt': ['get', 'backups,restores,schedules,backupstoragelocations,podvolumebackups,datauploads', '--namespace', 'velero'],
}

/** Keeps what a cluster can tell: what `kubectl` shows of it, and the journal of every node. A node that is down leaves its reason. */
export async function collectClusterLogs(options: {
  readonly name: string
  readonly directory: string
  /** Namespaces of a driver of the user's; that of Holdfast is there when undefined. */
  readonly driverNamespaces?: readonly string[] | undefined
}): Promise<void> {
  await mkdir(options.directory, { recursive: true })
  const containers = await nodeContainers(options.name)
  const controlPlane = containers.find((container) => container.endsWith('control-plane'))
  const tasks = containers.map(
    async (container) =>
      await keep(options.directory, `${container}-journal.log`, ['exec', container, 'journalctl', '--no-pager', '--lines=4000']),
  )
  if (controlPlane !== undefined) {
    const kubectl = ['exec', controlPlane, 'kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf', '--request-timeout=10s'] as const
    const everyLook = { ...looks, ...looksAtStorage(options.driverNamespaces) }
    for (const [file, look] of Object.entries(everyLook)) tasks.push(keep(options.directory, file, [...kubectl, ...look]))
    const hasVelero = (await askEngine([...kubectl, 'get', 'namespace', 'velero'], { seconds: lookSeconds })) !== undefined
    const more = hasVelero ? looksAtBackups : {}
    for (const [file, look] of Object.entries(more)) tasks.push(keep(options.directory, file, [...kubectl, ...look]))
  }
  await Promise.all(tasks)
}

const lookSeconds = 20

async function keep(directory: string, file: string, command: readonly [string, ...string[]]): Promise<void> {
  await writeFile(join(directory, file), `${await everythingPrinted(command, { seconds: lookSeconds })}\n`)
}
