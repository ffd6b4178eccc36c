import { accessSync, constants, globSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { createHash } from 'node:crypto'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { NeverReady } from '../api.ts'
import { engine } from '../machine/container-engine.ts'
import { loopDevices } from '../loop-devices.ts'
import { because } from '../setup-error.ts'
import type { LoggedCall, Remains } from './account.ts'

/**
 * The calls that a CSI driver of ours got since a moment, of all of its processes. Throws `NeverReady` where there is no call log to read.
 */
export function callsSince(callLogDirectory: string, since: string): readonly LoggedCall[] {
  requireReadable(callLogDirectory)
  const files = globSync('*.jsonl', { cwd: callLogDirectory })
  if (files.length === 0) throw unknown(`The CSI driver has no call log in ${callLogDirectory}`)
  return files
    .flatMap((file) => readFileSync(join(callLogDirectory, file), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LoggedCall)
    .filter(({ at }) => at >= since)
    .toSorted((one, other) => one.at.localeCompare(other.at))
}

/**
 * Ids of the volumes and snapshots that a CSI driver of ours has a record or an image of. Throws `NeverReady` where this user may not look.
 */
export function idsInDriver(callLogDirectory: string): Pick<Remains, 'volumesInDriver' | 'snapshotsInDriver'> {
  const cwd = dirname(callLogDirectory)
  const idsOf = (kind: 'volumes' | 'snapshots') => {
    const folders = [kind, `state/${kind}`]
    for (const folder of folders) requireReadable(join(cwd, folder))
    const files = globSync(`{${folders.join(',')}}/*.{img,json}`, { cwd })
    return new Set(files.map((file) => basename(file, extname(file))))
  }
  return { volumesInDriver: idsOf('volumes'), snapshotsInDriver: idsOf('snapshots') }
}

/** A directory that is not there, or is not shown to this user, looks like an empty one. */
function requireReadable(directory: string): void {
  try {
    accessSync(directory, constants.R_OK | constants.X_OK)
  } catch (error) {
    throw unknown(`${directory} of the CSI driver cannot be read${because(error)}`)
  }
}

function unknown(why: string): NeverReady {
  return new NeverReady(`${why}: nobody knows whether storage was left behind.`, { fix: 'Run as the user that the driver runs as: root.' })
}

/** Loop devices of this machine that serve an image of some volumes, also one that has been deleted since. */
export async function loopDevicesOf(ids: ReadonlySet<string>, blockDevices?: string): Promise<Remains['uses']> {
  return (await loopDevices(blockDevices)).flatMap(({ device, backingFile }) => {
    const id = basename(backingFile.replace(/ \(deleted\)$/, ''), '.img')
    return ids.has(id) ? [{ volume: id, what: `loop device ${basename(device)}` }] : []
  })
}

/** Mounts of some volumes by the kubelet, for all Pods of a node, on the nodes that are running. */
export async function mountsOf(ids: ReadonlySet<string>, { nodes, driver }: ClusterRecord, signal: AbortSignal): Promise<Remains['uses']> {
  const byDirectory = new Map([...ids].map((id) => [createHash('sha256').update(id).digest('hex'), id]))
  const found = await Promise.all(
    nodes.map(async ({ name, container }) => {
      const mounts = await engine(['exec', container, 'cat', '/proc/mounts'], { signal })
      return volumesMounted(mounts, { driver, byDirectory }).map(({ volume, path }) => ({ volume, what: `mount ${path} on node ${name}` }))
    }),
  )
  return found.flat()
}

/**
 * The volumes that the kubelet has staged, of the lines of `/proc/mounts`. It names the directory of each after the SHA-256 of its handle:
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/volume/csi/csi_attacher.go
 */
export function volumesMounted(
  mounts: string,
  { driver, byDirectory }: { readonly driver: string; readonly byDirectory: ReadonlyMap<string, string> },
): readonly { readonly volume: string; readonly path: string }[] {
  const paths = mounts.split('\n').map((line) => line.split(' ')[1] ?? '')
  return paths.flatMap((path) => {
    const [, digest = ''] = path.split(`/kubernetes.io/csi/${driver}/`)
    const volume = byDirectory.get(dirname(digest))
    return volume === undefined ? [] : [{ volume, path }]
  })
}
