import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { UsageError } from './usage-error.ts'

/** The path of a file that is not there yet. Throws a `UsageError` for one that is, or that has no directory to be in. */
export function newFile(name: string): string {
  const file = resolve(name)
  if (existsSync(file)) throw new UsageError(`${file} is there already.`, { fix: 'Nothing is replaced: name another file, or remove it.' })
  if (!existsSync(dirname(file)))
    throw new UsageError(`There is no directory ${dirname(file)}.`, { fix: 'Make it, or name a file in another one.' })
  return file
}

/** Why a new file cannot be written, for the user. */
export function cannotBeWritten(file: string, why: string): UsageError {
  return new UsageError(`${file} cannot be written: ${why}`, {
    fix: 'Name a file that is not there yet, in a directory that you can write to.',
  })
}
