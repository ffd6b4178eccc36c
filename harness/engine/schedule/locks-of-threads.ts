import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { temporaryPrefix } from '../../../contract/owner.ts'
import type { LaneRequest } from './lanes.ts'

/** Locks of this process: its name has the process, so the sweep of a later run removes what one that was killed has left. */
const directory = join(tmpdir(), `${temporaryPrefix('locks')}threads`)

/** Files of what this thread holds. */
const held = new Set<string>()
let isReleasedAtExit = false

/** Has what this thread holds released when it ends, however it ends. */
export function releaseLocksAtExit(): void {
  if (isReleasedAtExit) return
  isReleasedAtExit = true
  process.once('exit', () => {
    for (const file of held) remove(file)
  })
}

/** Names of the locks that threads of this process hold. */
export function heldLocks(): readonly string[] {
  const folders = existsSync(directory) ? readdirSync(directory) : []
  return folders.filter((folder) => readdirSync(join(directory, folder)).length > 0).map((folder) => decodeURIComponent(folder))
}

/**
 * Does the work while this thread holds a lock, if it is free. Resolves to whether it did; whoever did not asks again later.
 *
 * A lock is a folder with a file for each holder. Each makes its own first and looks for others then, so of two that ask in the same moment
 * one at least sees the other, and gives up. The Web Locks of Node 24 are no help: they are granted before it is noted who has them, so two
 * threads get one that is exclusive, and neither is told of the other.
 */
export async function ifFree({ name, mode }: LaneRequest, work: () => Promise<void>): Promise<boolean> {
  const folder = join(directory, encodeURIComponent(name))
  const own = `${mode}-${randomBytes(8).toString('hex')}`
  const file = join(folder, own)
  if (!isMade(file)) return false
  held.add(file)
  try {
    const others = readdirSync(folder).filter((other) => other !== own)
    if (others.some((other) => mode === 'exclusive' || other.startsWith('exclusive'))) return false
    await work()
    return true
  } finally {
    remove(file)
    held.delete(file)
  }
}

/** Makes the file of a holder; false where another thread removed its folder in the same moment. */
function isMade(file: string): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, '', { flag: 'wx' })
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

/** Removes the file of a holder, and the folders that nobody else has anything in. */
function remove(file: string): void {
  rmSync(file, { force: true })
  try {
    rmdirSync(dirname(file))
    rmdirSync(directory)
  } catch {
    // Others are in it.
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
