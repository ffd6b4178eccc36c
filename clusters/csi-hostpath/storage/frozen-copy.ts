import { rm } from 'node:fs/promises'
import { command } from '../command.ts'
import { asFailure, Failure } from '../failure.ts'
import { log } from '../log.ts'
import type { Access, DataDirectory } from './data-directory.ts'
import { mountOptions } from './file-system.ts'
import { copyWhileFrozen, thawMounted, type FrozenCopy, type Mounted } from './freezing.ts'
import { findLoopDevice, writesOf } from './loop-device.ts'

/** Longest time, in seconds, that a file system may stand still for a copy. */
const freezeLimit = 20

/** Longest time, in seconds, that both parts of a torn copy may take. */
const tornCopyLimit = 60

/** How often a block volume is copied in the hope that nobody writes to it meanwhile. */
const blockAttempts = 5

/** An image to copy. The caller holds the lock of its volume, so nobody stages it meanwhile. */
export interface CopySource {
  readonly volumeId: string
  readonly access: Access
  readonly to: string
}

/** When a copy was taken, and for how many milliseconds file systems were frozen. */
export interface Instant {
  readonly at: Date
  readonly frozenMs: number
}

/** Exit code of timeout(1) when it had to end the command, with SIGTERM or then with SIGKILL. */
const timedOut = [124, 137]

async function mountedOf(data: DataDirectory, { volumeId, access }: Pick<CopySource, 'volumeId' | 'access'>): Promise<Mounted | undefined> {
  const device = access.type === 'mount' ? await findLoopDevice(data.volumeImage(volumeId)) : undefined
  if (device === undefined || access.type !== 'mount') return undefined
  return { volumeId, device, fsType: access.fsType, options: ['rw', ...mountOptions(access.fsType)].join(',') }
}

/**
 * Copies the images of volumes as they are at one instant, also while Pods write to them: file systems are frozen, block volumes are
 * copied again until nothing was written meanwhile. Throws DEADLINE_EXCEEDED when a file system would have
 * stood still for longer than `limit` seconds, FAILED_PRECONDITION when a block volume is written all the time.
 */
export async function copyAtOneInstant(data: DataDirectory, sources: readonly CopySource[], limit: number = freezeLimit): Promise<Instant> {
  const found = await Promise.all(sources.map((source) => mountedOf(data, source)))
  const mounts = found.filter((each) => each !== undefined)
  const blocks = sources.filter(({ access }) => access.type === 'block').map(({ volumeId }) => findLoopDevice(data.volumeImage(volumeId)))
  const devices = (await Promise.all(blocks)).filter((device) => device !== undefined)
  for (let attempt = 0; attempt < blockAttempts; attempt += 1) {
    for (const device of devices) await command('blockdev', ['--flushbufs', device])
    const before = await Promise.all(devices.map(writesOf))
    const instant = await copyFrozen(data, { sources, mounts, limit })
    const after = await Promise.all(devices.map(writesOf))
    if (after.every((each, place) => each.inFlight === 0 && each.written === before[place]?.written)) return instant
    for (const { to } of sources) await rm(to, { force: true })
  }
  throw new Failure(
    'FAILED_PRECONDITION',
    `A raw block volume cannot be frozen and was written to during each of ${blockAttempts} copies: stop writing, or detach it.`,
  )
}

async function copyFrozen(
  data: DataDirectory,
  { sources, mounts, limit }: Pick<FrozenCopy, 'mounts' | 'limit'> & { readonly sources: readonly CopySource[] },
): Promise<Instant> {
  for (const { volumeId } of mounts) await data.frozen.write(volumeId, { at: new Date().toISOString() })
  const copies = sources.map(({ volumeId, to }) => ({ from: data.volumeImage(volumeId), to }))
  const result = await copyWhileFrozen(data, { mounts, copies, limit })
  const names = sources.map(({ volumeId }) => volumeId).join(', ')
  if (result.failed) {
    // The script's own thaw may have been what failed.
    await thawAll(data, mounts)
    if (result.exitCode !== undefined && timedOut.includes(result.exitCode)) {
      throw new Failure('DEADLINE_EXCEEDED', `Volume ${names} was not copied within ${limit} s and was thawed again.`, { cause: result })
    }
    throw new Failure('INTERNAL', `Volume ${names} was not copied: ${result.complaint}`, { cause: result })
  }
  for (const { volumeId } of mounts) await data.frozen.remove(volumeId)
  const [frozenAt = Number.NaN, thawedAt = Number.NaN] = result.stdout.trim().split('\n').map(Number)
  return { at: new Date(frozenAt), frozenMs: mounts.length === 0 ? 0 : thawedAt - frozenAt }
}

/** The marker stays until a thaw is known to have worked. */
async function thawVolume(data: DataDirectory, mounted: Mounted): Promise<void> {
  await thawMounted(data, mounted)
  await data.frozen.remove(mounted.volumeId)
}

/** Thaws all of them, also when one cannot be; then throws what went wrong. */
async function thawAll(data: DataDirectory, mounts: readonly Mounted[]): Promise<void> {
  const outcomes = await Promise.allSettled(mounts.map((mounted) => thawVolume(data, mounted)))
  const failures = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => asFailure(reason))
  if (failures.length > 0)
    throw new Failure('INTERNAL', failures.map(({ message }) => message).join(' '), { cause: new AggregateError(failures) })
}

/**
 * Thaws what a killed process left frozen, at least `olderThan` seconds ago. Takes no lock: whoever waits for a frozen file system may
 * be holding it. One that cannot be thawed is logged and stays for the next who tries; it is in the way of no other.
 */
export async function thawLeftovers(data: DataDirectory, olderThan = 0): Promise<void> {
  const thawOne = async (volumeId: string) => {
    const marker = await data.frozen.read(volumeId)
    if (marker === undefined || Date.now() - Date.parse(marker.at) < olderThan * 1000) return
    const volume = await data.volumes.read(volumeId)
    const mounted = volume === undefined ? undefined : await mountedOf(data, { volumeId, access: volume.access })
    if (mounted === undefined) await data.frozen.remove(volumeId)
    else await thawVolume(data, mounted)
    log('warn', 'thawed what an interrupted snapshot left frozen', { volumeId })
  }
  const thawOrLog = async (volumeId: string) => {
    await thawOne(volumeId).catch((error: unknown) => {
      log('error', 'what an interrupted snapshot left frozen could not be thawed', { volumeId, error: String(error) })
    })
  }
  await Promise.all((await data.frozen.ids()).map(thawOrLog))
}

/** Age, in seconds, at which a marker can only be that of a process that died. */
export const certainlyLeft = freezeLimit + 10

/** Copies an image in two parts with a pause between them, while it may be written: what the fault `snapshot-torn` asks for. */
export async function copyTorn(image: string, to: string, pauseSeconds: number): Promise<void> {
  const script = `
    size=$(stat --format=%s "$1"); half=$((size / 2 / 1048576))
    dd if="$1" of="$2" bs=1M count="$half" conv=sparse status=none
    sleep "$3"
    truncate --size="$size" "$2"
    dd if="$1" of="$2" bs=1M skip="$half" seek="$half" conv=sparse,notrunc status=none
  `
  await command('sh', ['-euc', script, 'sh', image, to, String(pauseSeconds)], tornCopyLimit + pauseSeconds)
}
