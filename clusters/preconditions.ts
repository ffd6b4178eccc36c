import { existsSync } from 'node:fs'
import { readdir, readFile, statfs } from 'node:fs/promises'
import { freemem, totalmem } from 'node:os'
import { dirname } from 'node:path'
import { execa } from 'execa'
import type { Config } from './config.ts'
import { askEngine } from './machine/container-engine.ts'
import { fileSystemTools, missingFileSystemTools } from './csi-hostpath/file-system-tools.ts'
import { cacheDirectory, stateDirectory } from './directories.ts'
import { engineAnswers, howToGetAccess } from './machine/engine.ts'
import { inotifyInstances, inotifyInstancesNeeded, inotifyInstancesOfOneCluster } from './machine/inotify.ts'
import { imageId } from './images/engine-images.ts'
import { planImages } from './images/plan.ts'
import { versions } from './images/versions.ts'
import { isAtLeast } from './kind/tools.ts'
import { ownCommand } from '../contract/distribution.ts'

/** One thing a run needs, what was found, and how to mend it. */
export interface Precondition {
  readonly name: string
  readonly ok: boolean
  readonly found: string
  readonly fix?: string
}

const gibibyte = 2 ** 30
const diskNeeded = 8
/** Gibibytes of memory that a run needs. */
export const memoryNeeded = 4

async function engine(): Promise<Precondition> {
  const version = await askEngine(['version', '--format', '{{.Server.Version}}'], { seconds: 10 })
  const accessFix = version === undefined ? await howToGetAccess() : undefined
  return {
    name: 'container engine',
    ok: version !== undefined,
    found: version ?? (accessFix === undefined ? 'no answer' : 'this user may not use it'),
    fix: accessFix ?? `Install and start Docker Engine; on Debian as root "${ownCommand} run" does it.`,
  }
}

async function controlGroups(): Promise<Precondition> {
  const unified = existsSync('/sys/fs/cgroup/cgroup.controllers')
  const ok = unified || existsSync('/sys/fs/cgroup/memory')
  const found = unified ? 'v2' : ok ? 'v1' : 'none mounted'
  return { name: 'control groups', ok, found, fix: 'Mount cgroup2 on /sys/fs/cgroup.' }
}

const needed = { CAP_SYS_ADMIN: 21n, CAP_NET_ADMIN: 12n, CAP_MKNOD: 27n } as const

/** Nodes get their capabilities from the engine, so that whoever may use it need have none; who starts the engine gives it its own. */
async function capabilities(): Promise<Precondition> {
  const name = 'capabilities'
  const daemon = await engineProcess()
  if (daemon === undefined && (await engineAnswers())) return { name, ok: true, found: 'of the engine, which is not on this machine' }
  const status = await readFile(`/proc/${daemon ?? 'self'}/status`, 'utf8').catch(() => '')
  const missing = missingCapabilities(status)
  const whose = daemon === undefined ? 'of this process, which would start the engine' : 'of the engine'
  return {
    name,
    ok: missing.length === 0,
    found: `${missing.length === 0 ? Object.keys(needed).join(', ') : `no ${missing.join(', no ')}`} ${whose}`,
    fix:
      daemon === undefined
        ? 'Run as root on a machine or in a container that grants them (`--privileged`), or use an engine that is already running.'
        : 'Start the engine on a machine or in a container that grants them (`--privileged`).',
  }
}

/** Of the capabilities that nodes need those that a process does not have in effect, by the text of its `/proc/<pid>/status`. */
export function missingCapabilities(status: string): readonly string[] {
  const bits = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`)
  return Object.entries(needed).flatMap(([name, bit]) => ((bits & (1n << bit)) === 0n ? [name] : []))
}

/** Number of the daemon of the engine, where it is a process of this machine. */
async function engineProcess(): Promise<string | undefined> {
  for (const pid of (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))) {
    if ((await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim() === 'dockerd') return pid
  }
  return undefined
}

/** A user who is not root has the programs of the system outside the path. */
function withSystemPrograms() {
  return { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` }
}

async function fileSystem(): Promise<Precondition> {
  const known = (await readFile('/proc/filesystems', 'utf8').catch(() => '')).split('\n').map((line) => line.trim())
  const module = known.includes('xfs')
    ? true
    : !(await execa('modprobe', ['--dry-run', 'xfs'], { reject: false, env: withSystemPrograms() })).failed
  return {
    name: 'kernel file system xfs',
    ok: module,
    found: module ? 'offered' : 'not offered',
    fix: 'Load the kernel module: `modprobe xfs`.',
  }
}

/** Nodes bring their own; those of this machine are for csi-sanity and the tests of the driver, which need root. */
async function toolsForFileSystems(): Promise<Precondition> {
  const missing = await missingFileSystemTools()
  const found = missing.length === 0 ? fileSystemTools.join(', ') : `no ${missing.join(', no ')}: no csi-sanity, no tests of the driver`
  return { name: 'file-system tools', ok: true, found }
}

async function loops(): Promise<Precondition> {
  const ok = existsSync('/dev/loop-control')
  return {
    name: 'loop devices',
    ok,
    found: ok ? '/dev/loop-control' : 'no /dev/loop-control',
    fix: 'Load the kernel module: `modprobe loop`.',
  }
}

/** The nearest directory of a path that exists. */
function existing(path: string): string {
  return existsSync(path) ? path : existing(dirname(path))
}

async function disk(): Promise<Precondition> {
  const places = await Promise.all(
    [stateDirectory(), cacheDirectory()].map(async (path) => {
      const { bavail, bsize } = await statfs(existing(path))
      return { path, free: (bavail * bsize) / gibibyte }
    }),
  )
  const tightest = places.reduce((least, place) => (place.free < least.free ? place : least))
  return {
    name: 'disk',
    ok: tightest.free >= diskNeeded,
    found: `${tightest.free.toFixed(1)} GiB free for ${tightest.path}`,
    fix: `Free at least ${diskNeeded} GiB, for example with \`docker system prune\`, or point XDG_STATE_HOME and XDG_CACHE_HOME elsewhere.`,
  }
}

async function memory(): Promise<Precondition> {
  const info = await readFile('/proc/meminfo', 'utf8').catch(() => '')
  const available = Number(/^MemAvailable:\s*(\d+)/m.exec(info)?.[1] ?? freemem() / 1024) / 2 ** 20
  const found = `${available.toFixed(1)} of ${(totalmem() / gibibyte).toFixed(1)} GiB available`
  return { name: 'memory', ok: available >= memoryNeeded, found, fix: `Free at least ${memoryNeeded} GiB.` }
}

async function kind(): Promise<Precondition> {
  const installed = await execa('kind', ['version'], { reject: false })
  const version = /v\d+\.\d+\.\d+/.exec(installed.stdout ?? '')?.[0]
  if (version !== undefined && isAtLeast(version, versions.kind)) return { name: 'kind', ok: true, found: version }
  const go = !(await execa('go', ['version'], { reject: false })).failed
  const found = `${version ?? 'not installed'}${go ? `; ${versions.kind} will be built with Go` : ''}`
  return { name: 'kind', ok: go, found, fix: `Install kind ${versions.kind} or newer, or Go to build it with.` }
}

async function inotify(): Promise<Precondition> {
  const name = 'inotify instances'
  const limit = await inotifyInstances()
  const isRoot = process.getuid?.() === 0
  const ok = limit === undefined || limit >= inotifyInstancesOfOneCluster || isRoot
  const found =
    limit === undefined
      ? 'unknown'
      : `${limit}${limit < inotifyInstancesNeeded && isRoot ? `; a run raises it to ${inotifyInstancesNeeded}` : ''}`
  return { name, ok, found, fix: `Run as root: sysctl -w fs.inotify.max_user_instances=${inotifyInstancesNeeded}` }
}

async function images(config: Config): Promise<Precondition> {
  const name = 'images'
  for (const origin of ['registry', 'offline'] as const) {
    const plan = planImages(origin, { mirror: config.mirror, profile: config.profile, kubernetes: config.kubernetes })
    if ((await imageId(plan.nodeReference)) !== undefined) return { name, ok: true, found: `${plan.nodeReference} in the engine` }
  }
  const go = await execa('go', ['version'], { reject: false })
  const tool = await execa('debootstrap', ['--version'], { reject: false })
  const offline = !go.failed && !tool.failed && process.getuid?.() === 0
  const found = offline
    ? 'none yet; will be pulled, or built from Go modules and Debian packages'
    : 'none yet; will be pulled from a registry'
  return {
    name,
    ok: offline || config.offline !== true,
    found,
    fix: 'Set `mirror:` in holdfast.yaml to a registry that is reachable, or install Go and debootstrap.',
  }
}

/** Every precondition of a run, each with what was found and, when it fails, the fix. */
export async function preconditions(options: { readonly config: Config }): Promise<readonly Precondition[]> {
  return await Promise.all([
    engine(),
    controlGroups(),
    capabilities(),
    fileSystem(),
    toolsForFileSystems(),
    loops(),
    disk(),
    memory(),
    inotify(),
    kind(),
    images(options.config),
  ])
}

/** Preconditions that only a cluster made here needs; a failing one is named before anything is started. */
export async function failingPreconditions(options: { readonly config: Config }): Promise<readonly Precondition[]> {
  return (await preconditions(options)).filter((precondition) => !precondition.ok)
}
