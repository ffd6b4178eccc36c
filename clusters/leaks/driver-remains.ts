import { globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { createHash } from 'node:crypto'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { engine } from '../container-engine.ts'
import type { LoggedCall, Remains } from './account.ts'

/** The calls that a CSI driver of ours got since a moment, of all of its processes. */
export function callsSince(callLogDirectory: string, since: string): readonly LoggedCall[] {
  return globSync('*.jsonl', { cwd: callLogDirectory })
    .flatMap((file) => readFileSync(join(callLogDirectory, file), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LoggedCall)
    .filter(({ at }) => at >= since)
    .toSorted((one, other) => one.at.localeCompare(other.at))
}

/** Ids of the volumes and snapshots that a CSI driver of ours has a record or an image of. */
export function idsInDriver(callLogDirectory: string): Pick<Remains, 'volumesInDriver' | 'snapshotsInDriver'> {
  const cwd = dirname(callLogDirectory)
  const idsOf = (kind: 'volumes' | 'snapshots') => {
    const files = globSync(`{${kind},state/${kind}}/*.{img,json}`, { cwd })
    return new Set(files.map((file) => basename(file, extname(file))))
  }
  return { volumesInDriver: idsOf('volumes'), snapshotsInDriver: idsOf('snapshots') }
}

/** Loop devices of this machine that serve an image of some volumes. */
export function loopDevicesOf(ids: ReadonlySet<string>, blockDevices = '/sys/block'): Remains['uses'] {
  // Each is a link, which a glob does not follow.
  return readdirSync(blockDevices)
    .filter((name) => name.startsWith('loop'))
    .flatMap((name) => {
      const id = basename(imageBehind(join(blockDevices, name, 'loop', 'backing_file')), '.img')
      return ids.has(id) ? [{ volume: id, what: `loop device ${name}` }] : []
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

/** The file behind a loop device; empty where none is, or the device went away meanwhile. */
function imageBehind(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}
