// Plain JavaScript for Node 18 and newer: it runs before anything is installed.
import { linkSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

const patienceSeconds = 15 * 60

/** Something the user must put right; it is printed as it stands. */
export class InstallError extends Error {}

/** @param {number} seconds */
function pause(seconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000)
}

/** @param {() => string} read */
function orNothing(read) {
  try {
    return read().trim()
  } catch {
    return ''
  }
}

/**
 * State and start of a process in clock ticks since boot; undefined where the system does not show it.
 * @param {number | 'self'} pid
 */
function statOf(pid) {
  const stat = orNothing(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  // The name of the program is in parentheses and may hold anything.
  const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return stat === '' ? undefined : { state, startTicks: fields[18] ?? '' }
}

/**
 * A process that installs, as its lock file names it.
 * @typedef {object} Holder
 * @property {string} machine
 * @property {string} boot
 * @property {string} pidNamespace
 * @property {number} pid
 * @property {string} startTicks
 */

/** @returns {Holder} */
function thisHolder() {
  return {
    machine: `${orNothing(() => readFileSync('/etc/machine-id', 'utf8'))}/${hostname()}`,
    boot: orNothing(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    pidNamespace: orNothing(() => readlinkSync('/proc/self/ns/pid')),
    pid: process.pid,
    startTicks: statOf('self')?.startTicks ?? '',
  }
}

/**
 * Whether the process that holds a lock runs no more, as far as it can be seen from here.
 * @param {Holder} holder
 */
function isDead(holder) {
  const here = thisHolder()
  if (holder.boot !== here.boot) return holder.machine === here.machine
  if (holder.pidNamespace !== here.pidNamespace) return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH'
  }
  const stat = statOf(holder.pid)
  return stat !== undefined && (stat.startTicks !== holder.startTicks || stat.state === 'Z')
}

/**
 * Reads a lock file: its holder, or undefined when there is no such file, or what is in it names nobody.
 * @param {string} path
 * @returns {Holder | undefined}
 */
function holderOf(path) {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8'))
    return Number.isInteger(holder?.pid) && holder.pid > 0 ? holder : undefined
  } catch {
    return undefined
  }
}

/** A lock file appears with its holder in it; what names nobody for longer than this was never finished. */
const unfinishedSeconds = 3

/**
 * Whether a lock file may be taken from its holder: one that is dead, or one that never wrote its name, as on a full disk.
 * @param {string} path
 */
function isAbandoned(path) {
  const holder = holderOf(path)
  if (holder !== undefined) return isDead(holder)
  const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs
  return made !== undefined && Date.now() - made > unfinishedSeconds * 1000
}

const withoutLinks = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']

/**
 * Gives a file a second name that must be free. File systems without links, such as exFAT, get a second file.
 * @param {string} from
 * @param {string} to
 */
function linkOrCreate(from, to) {
  try {
    linkSync(from, to)
  } catch (error) {
    if (!withoutLinks.includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? '')) throw error
    writeFileSync(to, readFileSync(from), { flag: 'wx' })
  }
}

/**
 * Makes a lock file that is complete from its first moment. Returns false when there is one already.
 * @param {string} path
 */
function makeLock(path) {
  const draft = `${path}.${process.pid}`
  try {
    writeFileSync(draft, JSON.stringify(thisHolder()))
    linkOrCreate(draft, path)
    return true
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    if (code === 'EEXIST') return false
    if (code === 'ENOSPC') throw new InstallError(`The disk is full, so dependencies cannot be installed in ${path}. Free some space.`)
    throw new InstallError(`Dependencies cannot be installed in a folder that cannot be written to: ${String(error)}`)
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * Takes the lock file, or returns false. Only one process at a time may take it from a dead holder: the one that holds the second lock.
 * @param {string} path
 * @returns {boolean}
 */
function tryLock(path) {
  if (makeLock(path)) return true
  if (!isAbandoned(path)) return false
  const second = `${path}.takeover`
  if (!makeLock(second)) {
    if (isAbandoned(second)) rmSync(second, { force: true })
    return false
  }
  try {
    if (!isAbandoned(path)) return false
    rmSync(path)
    return makeLock(path)
  } finally {
    rmSync(second, { force: true })
  }
}

/**
 * Runs `body` while no other process installs into the same checkout.
 * @param {string} root
 * @param {() => void} body
 */
export function withInstallLock(root, body) {
  const path = join(root, '.install.lock')
  const deadline = Date.now() + patienceSeconds * 1000
  let isPrinted = false
  while (!tryLock(path)) {
    const holder = holderOf(path)
    const who = holder === undefined ? 'Another process' : `Process ${holder.pid}`
    if (Date.now() > deadline) {
      throw new InstallError(`${who} has been installing dependencies for ${patienceSeconds / 60} minutes. End it or remove ${path}.`)
    }
    if (!isPrinted)
      console.error(`Waiting for ${holder === undefined ? 'another process' : `process ${holder.pid}`}, which is installing dependencies.`)
    isPrinted = true
    pause(0.2)
  }
  try {
    body()
  } finally {
    rmSync(path, { force: true })
  }
}
