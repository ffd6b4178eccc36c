import { execa } from 'execa'
import { join } from 'node:path'
import type { DataDirectory } from './data-directory.ts'
import { Failure } from './failure.ts'
import { log } from './log.ts'
import { findLoopDevice } from './loop-device.ts'
import { copyImage } from './volume-image.ts'

/** Longest time, in seconds, that a file system may stand still for a copy. */
const freezeLimit = 20

/**
 * The same loop device mounted once more is the same superblock, so freezing it here freezes it in the Pod. The mount lives in a
 * namespace of its own and goes with the script; the trap thaws whether the copy succeeded, failed or ran into its limit.
 */
const freezeAndCopy = `
set -eu
mount -t xfs -o nouuid "$1" "$2"
trap 'fsfreeze --unfreeze "$2"' EXIT
fsfreeze --freeze "$2"
date +%s%3N
timeout --kill-after=1 "$5" cp --sparse=always --reflink=auto "$3" "$4"
`

const thaw = `
set -eu
mount -t xfs -o nouuid "$1" "$2"
fsfreeze --unfreeze "$2"
`

async function inOwnNamespace(data: DataDirectory, script: string, args: (mountPoint: string) => readonly string[]) {
  // Nobody else sees what is mounted there, so any directory will do; one that is there anyway is not left behind by a kill.
  const run = ['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', ...args(join(data.root, 'state/frozen'))]
  return await execa('unshare', run, { stdin: 'ignore', reject: false, env: { LC_ALL: 'C' } })
}

/** Exit code of timeout(1) when it had to end the command, with SIGTERM or then with SIGKILL. */
const timedOut = [124, 137]

/**
 * Copies the image of a volume as it is at one instant, also while a Pod writes to it. The caller holds the volume's lock, so nobody
 * mounts it meanwhile. Returns that instant. Throws DEADLINE_EXCEEDED when the file system would have stood still for too long.
 */
export async function copyAtOneInstant(
  data: DataDirectory,
  options: { readonly volumeId: string; readonly to: string; readonly limit?: number },
): Promise<Date> {
  const { volumeId, to, limit = freezeLimit } = options
  const image = data.volumeImage(volumeId)
  const device = await findLoopDevice(image)
  if (device === undefined) {
    const instant = new Date()
    await copyImage(image, to)
    return instant
  }
  await data.frozen.write(volumeId, { at: new Date().toISOString() })
  const result = await inOwnNamespace(data, freezeAndCopy, (mountPoint) => [device, mountPoint, image, to, String(limit)])
  if (result.failed) {
    // The script's own thaw may have been what failed: the marker stays until a thaw is known to have worked.
    await thawVolume(data, volumeId)
    if (result.exitCode !== undefined && timedOut.includes(result.exitCode)) {
      throw new Failure('DEADLINE_EXCEEDED', `Volume ${volumeId} was not copied within ${limit} s and was thawed again.`, { cause: result })
    }
    throw new Failure('INTERNAL', `Volume ${volumeId} was not copied: ${result.stderr || result.shortMessage}`, { cause: result })
  }
  await data.frozen.remove(volumeId)
  return new Date(Number(result.stdout.trim()))
}

async function thawVolume(data: DataDirectory, volumeId: string): Promise<void> {
  const device = await findLoopDevice(data.volumeImage(volumeId)).catch(() => undefined)
  if (device !== undefined) {
    const result = await inOwnNamespace(data, thaw, (mountPoint) => [device, mountPoint])
    // fsfreeze(8) answers EINVAL for a file system that is not frozen.
    if (result.failed && !/invalid argument/i.test(result.stderr)) {
      throw new Failure('INTERNAL', `Volume ${volumeId} could not be thawed: ${result.stderr || result.shortMessage}`, { cause: result })
    }
  }
  await data.frozen.remove(volumeId)
}

/** Thaws what a killed process left frozen. Takes no lock: whoever waits for a frozen file system may be holding it. */
export async function thawLeftovers(data: DataDirectory): Promise<void> {
  for (const volumeId of await data.frozen.ids()) {
    await thawVolume(data, volumeId)
    log('warn', 'thawed what an interrupted snapshot left frozen', { volumeId })
  }
}
