/**
 * Runs the examples of pages on real clusters, as they are written:
 *
 *   node cli/pages/main.ts [docs/<page>.md …]
 *
 * Exit code 0: every page went as it says; 1: one did not; 3: wrong usage or no cluster; 130, 143: interrupted.
 */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { mergeSettings } from '../plan/run-plan.ts'
import { makeReady } from '../run/make-ready.ts'
import { withInterruption } from '../run/with-interruption.ts'
import { exitCodes } from '../shell/exit-code.ts'
import { printFailure } from '../shell/failure.ts'
import { log } from '../shell/log.ts'
import { UsageError } from '../shell/usage-error.ts'
import { isRun, type NamedPage, pageAt, runnablePages, tryPage } from './try-page.ts'

/** The pages that were named, or all that can be run. Throws a `UsageError` for one that was named and cannot. */
function pagesToRun(names: readonly string[]): readonly NamedPage[] {
  if (names.length === 0) return runnablePages()
  return names.map((name) => {
    const named = existsSync(name) ? pageAt(resolve(name)) : undefined
    if (named !== undefined && isRun(named)) return named
    const what = named === undefined ? 'does not exist' : 'has no block that is run'
    throw new UsageError(`${name} ${what}.`, { fix: 'Name a page such as docs/judge-a-csi-driver.md.' })
  })
}

try {
  const pages = pagesToRun(process.argv.slice(2))
  process.exitCode = await withInterruption(async ({ signal }) => {
    await makeReady({ settings: mergeSettings({}), target: { kind: 'new' } }, signal)
    const results: string[] = []
    for (const { path, page } of pages) {
      const started = performance.now()
      const problem = await tryPage(page, signal)
      const seconds = ((performance.now() - started) / 1000).toFixed(0)
      results.push(`${problem === undefined ? 'pass' : 'FAIL'}  ${path} (${seconds} s)${problem === undefined ? '' : `\n      ${problem}`}`)
    }
    for (const line of results) log(line)
    return results.some((line) => line.startsWith('FAIL')) ? exitCodes.violation : exitCodes.success
  })
} catch (error) {
  process.exitCode = printFailure(error)
}
