import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UsageError } from '../shell/usage-error.ts'
import { findRun } from './find-run.ts'
import { workDirectory } from '../shell/work-directory.ts'

/**
 * The path of one side of a comparison: a run by its id, its path or `latest`, a published report, a `report.json`, or a directory with
 * several of them. Throws a `UsageError` when there is none.
 */
export function findSide(name: string, root: string = workDirectory): string {
  const path = resolve(name)
  if (name !== 'latest' && existsSync(path)) {
    if (statSync(path).isFile() || isReported(path) || readdirSync(path).some((each) => isReported(join(path, each)))) return path
    throw new UsageError(`${path} holds no report.`, {
      fix: 'Name the directory of a run, a report.json, or a directory with several runs.',
    })
  }
  return findRun(name, root)
}

function isReported(directory: string): boolean {
  return ['report.json', 'run.json'].some((file) => existsSync(join(directory, file)))
}
