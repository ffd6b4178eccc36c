import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { didYouMean } from '../../contract/nearest-name.ts'
import { UsageError } from '../shell/usage-error.ts'
import { workDirectory } from '../shell/work-directory.ts'

/** The directory of a run, named by its id, by its path, or `latest`. Throws a `UsageError` when there is none. */
export function findRun(name: string, root: string = workDirectory): string {
  const out = join(root, 'reports', 'out')
  const found = existsSync(out) ? readdirSync(out).toSorted() : []
  const ids = found.filter((id) => existsSync(join(out, id, 'run.json')))
  // A run that has no cluster yet, or never got one, has nothing to look at.
  const withCluster = ids.filter((id) => existsSync(join(out, id, 'cluster.json')))
  const chosen = name === 'latest' ? (withCluster.at(-1) ?? name) : name
  for (const path of [join(out, chosen), resolve(chosen)]) {
    if (existsSync(join(path, 'run.json'))) return path
  }
  throw new UsageError(`There is no run ${name}.${didYouMean(name, ids)}`, {
    fix: `Give the id of a run in ${out}, the path of a run directory, or "latest".`,
  })
}
