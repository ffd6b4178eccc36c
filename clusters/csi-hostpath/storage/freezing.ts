import { Failure } from '../failure.ts'
import type { DataDirectory } from './data-directory.ts'
import { runWithPrivateMounts, type ScriptResult } from './private-mounts.ts'

/**
 * The same loop device mounted once more is the same superblock, so freezing it here freezes it in the Pod. The mounts live in a
 * namespace of their own and go with the script; the trap thaws whether the copies succeeded, failed or ran into their limit.
 */
const freezeAndCopy = `
limit=$1; shift
mounted= frozen=
thaw() {
  status=$?
  for each in $frozen; do fsfreeze --unfreeze "$each" || status=1; done
  date +%s%3N
  exit "$status"
}
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

/** One file system that is mounted somewhere, and how it is mounted once more. */
export interface Mounted {
  readonly volumeId: string
  readonly device: string
  readonly fsType: string
  readonly options: string
}

function wordsOf({ device, fsType, options }: Mounted): readonly string[] {
  return [device, fsType, options]
}

/** What is copied, which file systems are frozen meanwhile, and the limit in seconds. */
export interface FrozenCopy {
  readonly mounts: readonly Mounted[]
  readonly copies: readonly { readonly from: string; readonly to: string }[]
  readonly limit: number
}

/**
 * Freezes file systems, copies files, and thaws them all, whatever happens. Prints when they stood still and when they did no longer,
 * in milliseconds. Never throws: the result says how it ended.
 */
export async function copyWhileFrozen(data: DataDirectory, { mounts, copies, limit }: FrozenCopy): Promise<ScriptResult> {
  const paths = copies.flatMap(({ from, to }) => [from, to])
  return await runWithPrivateMounts(data, freezeAndCopy, [String(limit), ...mounts.flatMap(wordsOf), '--', ...paths])
}

/** Thaws a file system; one that is not frozen is as it should be. */
export async function thawMounted(data: DataDirectory, mounted: Mounted): Promise<void> {
  const result = await runWithPrivateMounts(data, thaw, wordsOf(mounted))
  // fsfreeze(8) answers EINVAL for a file system that is not frozen.
  if (result.failed && !/invalid argument/i.test(result.complaint))
    throw new Failure('INTERNAL', `Volume ${mounted.volumeId} could not be thawed: ${result.complaint}`, { cause: result })
}
