import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { programParts } from '../catalogue/guarantee-literals.ts'
import { UsageError } from '../shell/usage-error.ts'
import { publicEntries } from './public-entries.ts'
import { type SuiteDirectory, suiteDirectories } from './suite-directory.ts'

const checkFile = /\.check\.(?:[cm]?[jt]s)$/

/** Calls that define what a stored judgement names. */
const definitions = new Set(['defineCheck', 'defineCondition'])

/**
 * Throws a `UsageError` for a program of a directory of suites that defines checks or conditions where nothing finds them again: to judge a
 * stored run once more, files of checks alone are loaded, without Vitest.
 */
export function refuseHiddenChecks(file: string, text: string): void {
  for (const { type, line, name, isType } of programParts(file, text)) {
    if (type === 'call' && definitions.has(name) && !checkFile.test(file))
      throw new UsageError(`${file} line ${line} calls ${name}, and its name does not end with .check.ts or .check.js.`, {
        fix: 'Move what you define into a file of that name, and import it in the suite: "holdfast recheck --suites" loads such files.',
      })
    if (type === 'import' && name === 'holdfast/harness' && !isType && checkFile.test(file))
      throw new UsageError(`${file} line ${line} imports holdfast/harness, which only suites can load.`, {
        fix: 'Import holdfast/define instead: it has all that checks and conditions are made of.',
      })
  }
}

/** A file of checks of one's own. */
export interface LoadedChecks {
  /** Name of its directory of suites. */
  readonly directory: string
  /** Its path in there, and its absolute one. */
  readonly file: string
  readonly path: string
}

/**
 * Loads the checks and conditions that directories of suites define, so that judgements by them can be made again. It runs their code.
 * Returns the files that it loaded. Throws a `UsageError` for one that cannot be loaded.
 */
export async function loadOwnChecks(named: readonly string[]): Promise<readonly LoadedChecks[]> {
  const files = suiteDirectories(named).flatMap(checkFilesOf)
  const hooks = registerHooks({
    resolve: (specifier, context, next) => next(Object.hasOwn(urls, specifier) ? (urls[specifier] ?? specifier) : specifier, context),
  })
  try {
    for (const { path } of files) await loaded(path)
  } finally {
    hooks.deregister()
  }
  return files
}

const urls: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(publicEntries).map(([name, path]) => [name, pathToFileURL(path).href]),
)

function checkFilesOf({ path, name, files }: SuiteDirectory): readonly LoadedChecks[] {
  return files.filter((file) => checkFile.test(file)).map((file) => ({ directory: name, file, path: join(path, file) }))
}

async function loaded(file: string): Promise<void> {
  try {
    await import(pathToFileURL(file).href)
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    throw new UsageError(`The checks in ${file} cannot be loaded: ${first.replace(/\.$/, '')}.`, {
      fix: 'A file of checks imports holdfast/define and files beside it.',
    })
  }
}
