import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { temporaryPrefix } from '../../contract/owner.ts'
import { refusedAsUsage } from '../shell/refused-as-usage.ts'
import { UsageError } from '../shell/usage-error.ts'
import { findRun } from './find-run.ts'
import { findSide } from './find-side.ts'

/** A run that was named. */
export interface OpenedRun {
  /** Where its files are: a temporary directory for an archive. */
  readonly directory: string
  /** What of its archive is not as it was packed, in sentences; none of a run that is in none. */
  readonly problems: readonly string[]
}

/** Opens what a user names; both throw a `UsageError` when there is no such thing. */
export interface RunOpener {
  /** Opens a run: by its id, its path, `latest`, or the path of an archive. */
  readonly run: (name: string) => Promise<OpenedRun>
  /** Returns the path of one side of a comparison: what `findSide` finds, or an archive. */
  readonly side: (name: string) => Promise<string>
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs `work`, which may open runs that are in archives. What is unpacked is removed at its end, whether it answers, throws, or is ended by
 * a signal. An error of `work` names the archive and not where it was unpacked.
 */
export async function withOpenedRuns<T>(work: (open: RunOpener) => Promise<T>): Promise<T> {
  const unpacked = new Map<string, string>()
  const removeAll = () => {
    for (const directory of unpacked.keys()) rmSync(directory, { recursive: true, force: true })
  }
  const onSignal = (signal: NodeJS.Signals) => {
    removeAll()
    for (const each of signals) process.off(each, onSignal)
    // Ends this process as if nobody had listened.
    process.kill(process.pid, signal)
  }
  const open = async (name: string) => {
    const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('archive')))
    unpacked.set(directory, resolve(name))
    // Work that listens itself ends in order, and comes to its end here.
    if (unpacked.size === 1 && process.listenerCount('SIGINT') === 0) for (const signal of signals) process.on(signal, onSignal)
    return unpack(resolve(name), directory)
  }
  try {
    return await work({
      run: async (name) => ((await isArchivePath(name)) ? open(name) : { directory: findRun(name), problems: [] }),
      side: async (name) => ((await isArchivePath(name)) ? (await open(name)).directory : findSide(name)),
    })
  } catch (error) {
    throw namingArchives(error, unpacked)
  } finally {
    for (const signal of signals) process.off(signal, onSignal)
    removeAll()
  }
}

async function isArchivePath(name: string): Promise<boolean> {
  const { isArchive } = await import('../../reports/archive/unpack-archive.ts')
  return name !== 'latest' && isArchive(resolve(name))
}

async function unpack(path: string, into: string): Promise<OpenedRun> {
  const { unpackArchive } = await import('../../reports/archive/unpack-archive.ts')
  const directory = join(into, 'run')
  try {
    return { directory, problems: await unpackArchive(path, directory) }
  } catch (error) {
    throw refusedAsUsage(error)
  }
}

/** Nobody can look into a directory that is gone by then. */
function namingArchives(error: unknown, unpacked: ReadonlyMap<string, string>): unknown {
  if (!(error instanceof UsageError)) return error
  const named = (text: string) => [...unpacked].reduce((said, [directory, path]) => said.replaceAll(join(directory, 'run'), path), text)
  return new UsageError(named(error.message), error.fix === undefined ? {} : { fix: named(error.fix) })
}
