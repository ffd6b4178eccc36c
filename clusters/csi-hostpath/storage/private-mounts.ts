import { execa } from 'execa'
import { join } from 'node:path'
import { diesWithParent } from '../command.ts'
import type { DataDirectory } from './data-directory.ts'

const prologue = `
set -eu
root=$1; shift
mount -t tmpfs holdfast "$root"
`

/** Result of a script. */
export interface ScriptResult {
  readonly failed: boolean
  readonly exitCode?: number | undefined
  readonly stdout: string
  /** Its error output, or the signal that ended it. */
  readonly complaint: string
}

/**
 * Runs a shell script in a mount namespace of its own, in which `$root` is an empty directory to make mount points in. Mounts go with
 * the script, and a kill leaves none of its directories behind. Never throws: the result says how it ended.
 */
export async function runWithPrivateMounts(data: DataDirectory, script: string, args: readonly string[]): Promise<ScriptResult> {
  // Nobody else sees what is mounted there, so any directory that is there anyway will do.
  const root = join(data.root, 'state/frozen')
  // The namespace starts with a copy of every mount. As slaves they go when the originals go; private ones would keep a volume that is
  // unstaged meanwhile, and its loop device, in use.
  // The script dies with the driver, as the driver's locks do: a survivor would thaw under the next call.
  const [program, ...before] = diesWithParent
  const run = [...before, 'unshare', '--mount', '--propagation', 'slave', 'sh', '-c', `${prologue}${script}`, 'sh', root, ...args]
  const result = await execa(program, run, { stdin: 'ignore', reject: false, env: { LC_ALL: 'C' } })
  const { failed, exitCode, stdout, stderr } = result
  return { failed, exitCode, stdout, complaint: stderr === '' ? (result.shortMessage ?? '') : stderr }
}
