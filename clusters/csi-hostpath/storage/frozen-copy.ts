import { rm } from 'node:fs/promises'
import { command } from '../command.ts'
import { Failure } from '../failure.ts'
import { log } from '../log.ts'
import type { Access, DataDirectory } from './data-directory.ts'
import { mountOptions } from './file-system.ts'
import { findLoopDevice, writesOf } from './loop-device.ts'
import { runWithPrivateMounts } from './private-mounts.ts'

/** Longest time, in seconds, that a file system may stand still for a copy. */
const freezeLimit = 20

/** Longest time, in seconds, that both parts of a torn copy may take. */
const tornCopyLimit = 60

/** How often a block volume is copied in the hope that nobody writes to it meanwhile. */
const blockAttempts = 5

/**
 * The same loop device mounted once more is the same superblock, so freezing it here freezes it in the Pod. The mounts live in a
 * namespace of their own and go with the script; the trap thaws whether the copies succeeded, failed or ran into their limit.
 */
const freezeAndCopy = `
limit=$1; shift
mounted= frozen=
thaw() { for each in $frozen; do fsfreeze --unfreeze "$each"; done; date +%s%3N; }
trap thaw EXIT
trap 'exit 143' TERM INT HUP
while [ "$1" != -- ]; do
  place="$root/$#"; mkdir "$place"
  mount -t "$2" -o "$3" "$1" "$place"; mounted="$mounted $place"; shift 3
done
shift
for each in $mounted; do sync --file-system "$each"; done
for each in $mounted; do fsfreeze --freeze "$each"; frozen="$frozen $each"; done
date +%s%3N
timeout --kill-after=1 "$limit" sh -euc '
  while [ $# -gt 0 ]; do cp --sparse=always --reflink=auto "$1" "$2"; shift 2; done
' sh "$@"
`

const thaw = `
mkdir "$root/volume"
mount -t "$2" -o "$3" "$1" "$root/volume"
fsfreeze --unfreeze "$root/volume"
`

/** An image to copy. The caller holds the lock of its volume, so nobody stages it meanwhile. */
export interface CopySource {
  readonly volumeId: string
  readonly access: Access
  readonly to: string
}

/** When a copy was taken, and how long file systems stood still for it. */
export interface Instant {
  readonly at: Date
  readonly stoodStillMs: number
}

/** One file system that is mounted somewhere, and how it is mounted once more. */
interface Mounted {
  readonly volumeId: string
  readonly device: string
  readonly fsType: string
  readonly options: string
}

function wordsOf({ device, fsType, options }: Mounted): readonly string[] {
  return [device, fsType, options]
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

interface FrozenCopy {
  readonly sources: readonly CopySource[]
  readonly mounts: readonly Mounted[]
  readonly limit: number
}

async function copyFrozen(data: DataDirectory, { sources, mounts, limit }: FrozenCopy): Promise<Instant> {
  for (const { volumeId } of mounts) await data.frozen.write(volumeId, { at: new Date().toISOString() })
  const copies = sources.flatMap(({ volumeId, to }) => [data.volumeImage(volumeId), to])
  const result = await runWithPrivateMounts(data, freezeAndCopy, [String(limit), ...mounts.flatMap(wordsOf), '--', ...copies])
  const names = sources.map(({ volumeId }) => volumeId).join(', ')
  if (result.failed) {
    // The script's own thaw may have been what failed: the markers stay until a thaw is known to have worked.
    for (const mounted of mounts) await thawVolume(data, mounted)
    if (result.exitCode !== undefined && timedOut.includes(result.exitCode)) {
      throw new Failure('DEADLINE_EXCEEDED', `Volume ${names} was not copied within ${limit} s and was thawed again.`, { cause: result })
    }
    throw new Failure('INTERNAL', `Volume ${names} was not copied: ${result.complaint}`, { cause: result })
  }
  for (const { volumeId } of mounts) await data.frozen.remove(volumeId)
  const [frozenAt = Number.NaN, thawedAt = Number.NaN] = result.stdout.trim().split('\n').map(Number)
  return { at: new Date(frozenAt), stoodStillMs: mounts.length === 0 ? 0 : thawedAt - frozenAt }
}

async function thawVolume(data: DataDirectory, mounted: Mounted): Promise<void> {
  const result = await runWithPrivateMounts(data, thaw, wordsOf(mounted))
  // fsfreeze(8) answers EINVAL for a file system that is not frozen.
  if (result.failed && !/invalid argument/i.test(result.complaint)) {
    throw new Failure('INTERNAL', `Volume ${mounted.volumeId} could not be thawed: ${result.complaint}`, {
      cause: result,
    })
  }
  await data.frozen.remove(mounted.volumeId)
}

/**
 * Thaws what a killed process left frozen, at least `olderThan` seconds ago. Takes no lock: whoever waits for a frozen file system may
 * be holding it.
 */
export async function thawLeftovers(data: DataDirectory, olderThan = 0): Promise<void> {
  for (const volumeId of await data.frozen.ids()) {
    const marker = await data.frozen.read(volumeId)
    if (marker === undefined || Date.now() - Date.parse(marker.at) < olderThan * 1000) continue
    const volume = await data.volumes.read(volumeId)
    const mounted = volume === undefined ? undefined : await mountedOf(data, { volumeId, access: volume.access })
    if (mounted === undefined) await data.frozen.remove(volumeId)
    else await thawVolume(data, mounted)
    log('warn', 'thawed what an interrupted snapshot left frozen', { volumeId })
  }
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
