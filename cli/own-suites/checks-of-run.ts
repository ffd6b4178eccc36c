import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ownSuiteDigests, ownSuitesFolder } from '../../reports/model/own-suites.ts'
import { log } from '../shell/log.ts'
import { UsageError } from '../shell/usage-error.ts'
import { loadOwnChecks } from './own-checks.ts'

/**
 * Loads the checks of one's own by which a stored run was judged, from directories that the user names: the code in a run is never run.
 * Says which files of checks are not as they were. Throws a `UsageError` where the run has no suites of one's own, and as `loadOwnChecks`.
 */
export async function loadChecksOfRun(run: string, named: readonly string[] = []): Promise<void> {
  if (named.length === 0) return
  const recorded = ownSuiteDigests(run)
  if (recorded === undefined) throw new UsageError(`${run} has no suites but those of Holdfast.`, { fix: 'Leave out --suites.' })
  for (const { directory, file, path } of await loadOwnChecks(named)) {
    const stored = `${ownSuitesFolder}/${directory}/${file}`
    const then = recorded.get(stored)
    if (then !== hash('sha256', readFileSync(path)))
      log(`${path} is ${then === undefined ? 'not in the run' : 'not as it was in the run'}: judged again by what it is now.`)
  }
}
