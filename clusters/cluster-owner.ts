import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { clusterDirectory } from './directories.ts'
import { volumesOnHost } from './kind.ts'

/** Who keeps a cluster alive: a running process, or the user who typed `holdfast up`. */
export interface Owner {
  readonly kind: 'run' | 'up'
  readonly pid: number
  /** Start time of the process in clock ticks since boot; tells a process from a later one with the same number. */
  readonly startTicks: string
  readonly bootId: string
  readonly createdAt: string
  /** Kept on purpose (`up`, `--retain`): never swept. */
  readonly retained: boolean
}

function startTicksOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The process name is in parentheses and may hold anything; field 22 counts from after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}

/** Describes this process as the owner of a cluster. */
export function thisProcess(kind: Owner['kind'], retained: boolean): Owner {
  return {
    kind,
    pid: process.pid,
    startTicks: startTicksOf(process.pid) ?? '',
    bootId: bootId(),
    createdAt: new Date().toISOString(),
    retained,
  }
}

/** Whether something still keeps the cluster: it was retained on purpose, or the very process that made it still runs. */
export function isAlive(owner: Owner): boolean {
  if (owner.retained) return true
  if (owner.bootId !== bootId()) return false
  return startTicksOf(owner.pid) === owner.startTicks
}

/** Writes the owner into the directory of a cluster. */
export async function writeOwner(directory: string, owner: Owner): Promise<void> {
  await writeFile(join(directory, 'owner.json'), `${JSON.stringify(owner, null, 2)}\n`)
}

async function readOwnerIn(directory: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(join(directory, 'owner.json'), 'utf8')) as Owner
  } catch {
    return undefined
  }
}

/**
 * Reads the owner of a cluster; undefined when it was never written or cannot be read. A cluster made with another state directory is
 * found by the directory that its nodes mount.
 */
export async function readOwner(cluster: string): Promise<Owner | undefined> {
  const here = await readOwnerIn(clusterDirectory(cluster))
  if (here !== undefined) return here
  const volumes = await volumesOnHost(cluster)
  return volumes === undefined ? undefined : await readOwnerIn(dirname(volumes))
}
