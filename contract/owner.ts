import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** The process that made something and deletes it again. Empty where the system does not name it: nothing is then proven of the owner. */
export interface Owner {
  /** Digest of machine id and host name. It stays the same over a reboot. */
  readonly host: string
  /** The boot of the kernel, the same in all containers of a machine. */
  readonly boot: string
  /** Inode of the PID namespace in which `pid` counts. */
  readonly pidNamespace: string
  readonly pid: number
  /** Start of the process in clock ticks since boot; tells it from a later process of the same number. */
  readonly startTicks: string
}

/** Whether an owner still runs. `unknown` when this process cannot see: another host, another PID namespace, no owner at all. */
export type Liveness = 'alive' | 'dead' | 'unknown'

/** This process as an owner. */
export function thisOwner(): Owner {
  return { ...place(), pid: process.pid, startTicks: statOf('self')?.startTicks ?? '' }
}

/** An owner as one word of letters, digits, dots and dashes, fit for an annotation, a label, and a path. */
export function ownerText({ host, boot, pidNamespace, pid, startTicks }: Owner): string {
  return [host, boot, pidNamespace, String(pid), startTicks].map((part) => (part === '' ? '-' : part)).join('.')
}

const pattern = /^(?<host>[0-9a-f]+|-)\.(?<boot>[0-9a-f]+|-)\.(?<pidNamespace>\d+|-)\.(?<pid>[1-9]\d*)\.(?<startTicks>\d+|-)$/

/** Reads what `ownerText` wrote; undefined for anything else. */
export function parseOwner(text: string | undefined): Owner | undefined {
  const parts = pattern.exec(text ?? '')?.groups
  if (parts === undefined) return undefined
  const part = (name: string) => (parts[name] ?? '').replace('-', '')
  const pid = Number(parts['pid'])
  return { host: part('host'), boot: part('boot'), pidNamespace: part('pidNamespace'), pid, startTicks: part('startTicks') }
}

/** Whether an owner still runs, as far as it can be proven from here. */
export function livenessOf(owner: Owner | undefined): Liveness {
  if (owner === undefined) return 'unknown'
  const here = place()
  if (owner.boot === '' || here.boot === '') return 'unknown'
  // Every boot has an id of its own: the same host under another one was rebooted, and nothing survived that.
  if (owner.boot !== here.boot) return owner.host !== '' && owner.host === here.host ? 'dead' : 'unknown'
  if (owner.pidNamespace === '' || owner.pidNamespace !== here.pidNamespace) return 'unknown'
  return livenessHere(owner.pid, owner.startTicks)
}

/** Whether a process of this PID namespace runs and is the one that started then. A zombie is dead. */
export function livenessHere(pid: number, startTicks: string): Liveness {
  if (!exists(pid)) return 'dead'
  const stat = procIsOurs() ? statOf(String(pid)) : undefined
  // It runs, but it may not be looked at.
  if (stat === undefined || startTicks === '') return 'unknown'
  return stat.startTicks === startTicks && !'ZX'.includes(stat.state) ? 'alive' : 'dead'
}

/** An owner in words: where it runs and its number. */
export function describeOwner(owner: Owner | undefined): string {
  if (owner === undefined) return 'an unknown owner'
  const here = place()
  const process = `process ${owner.pid}`
  if (owner.boot !== here.boot) return `${process} ${owner.host === here.host ? 'of before the last reboot' : 'of another machine'}`
  return owner.pidNamespace === here.pidNamespace ? process : `${process} of another PID namespace on this machine`
}

const nameLength = 12

/** Prefix of the names of files and directories that this process makes for itself: `holdfast-<what>-<place>-<pid>-<ticks>-`. */
export function temporaryPrefix(what: string): string {
  const { pid, startTicks } = thisOwner()
  return `holdfast-${what}-${placeDigest()}-${pid}-${startTicks}-`
}

/** Whether the maker of a file or directory whose name has such a prefix still runs; undefined when the name has none. */
export function livenessOfTemporary(name: string): Liveness | undefined {
  const parts = /^holdfast-[a-z]+-([0-9a-f]{12})-([1-9]\d*)-(\d+)-/.exec(name)
  if (parts === null) return undefined
  const [, madeIn, pid, startTicks] = parts
  return madeIn === placeDigest() ? livenessHere(Number(pid), startTicks ?? '') : 'unknown'
}

/** Stands for host, boot and PID namespace in names that must be short. */
function placeDigest(): string {
  return digest(JSON.stringify(place())).slice(0, nameLength)
}

function place(): Pick<Owner, 'host' | 'boot' | 'pidNamespace'> {
  const machine = read('/etc/machine-id')
  return {
    host: machine === '' ? '' : digest(`holdfast ${machine} ${hostname()}`).slice(0, 16),
    boot: read('/proc/sys/kernel/random/boot_id').replaceAll('-', ''),
    pidNamespace: /\d+/.exec(link('/proc/self/ns/pid'))?.[0] ?? '',
  }
}

/** False where `/proc` shows another PID namespace than the one this process is in. */
function procIsOurs(): boolean {
  return statOf('self')?.pid === String(process.pid)
}

function statOf(process: string): { readonly pid: string; readonly state: string; readonly startTicks: string } | undefined {
  const stat = read(`/proc/${process}/stat`)
  if (stat === '') return undefined
  // The name of the program is in parentheses and may hold anything; the state comes after it, and 19 fields later the start.
  const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { pid: stat.slice(0, stat.indexOf(' ')), state, startTicks: fields[18] ?? '' }
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
