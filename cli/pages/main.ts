/**
 * Runs the examples of pages on real clusters, as they are written:
 *
 *   node cli/pages/main.ts [docs/<page>.md …]
 *
 * Exit code 0: every page went as it says; 1: one did not; 3: wrong usage or no cluster; 130, 143: interrupted.
 */
import { copyFileSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createCluster, deleteCluster } from '../../clusters/index.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { mergeSettings } from '../plan/run-plan.ts'
import { makeReady } from '../run/make-ready.ts'
import { withInterruption } from '../run/with-interruption.ts'
import { exitCodes } from '../shell/exit-code.ts'
import { printFailure } from '../shell/failure.ts'
import { log } from '../shell/log.ts'
import { projectRoot } from '../shell/project-root.ts'
import { UsageError } from '../shell/usage-error.ts'
import { type Page, readPage } from './page.ts'
import { runPage } from './run-page.ts'

interface NamedPage {
  readonly path: string
  readonly page: Page
}

/** The pages that were named, or all that can be run. Throws a `UsageError` for one that was named and cannot. */
function pagesToRun(names: readonly string[]): readonly NamedPage[] {
  const read = (path: string): NamedPage => ({ path, page: readPage(readFileSync(path, 'utf8')) })
  const isRun = ({ page }: NamedPage) => page.blocks.some(({ use }) => use?.kind === 'run')
  if (names.length === 0)
    return globSync(join(projectRoot, 'docs', '*.md'))
      .toSorted()
      .map(read)
      .filter(isRun)
  return names.map((name) => {
    const named = existsSync(name) ? read(resolve(name)) : undefined
    if (named !== undefined && isRun(named)) return named
    const what = named === undefined ? 'does not exist' : 'has no block that is run'
    throw new UsageError(`${name} ${what}.`, { fix: 'Name a page such as docs/judge-a-csi-driver.md.' })
  })
}

/** Runs a page in a directory of its own, beside a cluster where its reader was given one. Returns what did not go as it says. */
async function tryPage(page: Page, signal: AbortSignal): Promise<string | undefined> {
  await using stack = new AsyncDisposableStack()
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('page')))
  stack.defer(() => rmSync(directory, { recursive: true, force: true }))
  symlinkSync(join(projectRoot, 'holdfast'), join(directory, 'holdfast'))
  if (page.given !== undefined) {
    const settings = mergeSettings({})
    await makeReady({ settings, target: { kind: 'new' } }, signal)
    // It belongs to this process: where that is killed, the next start removes it.
    const { name, kubeconfig } = await createCluster({ owner: 'run', config: settings, log, signal })
    stack.defer(async () => void (await deleteCluster(name, { log })))
    copyFileSync(kubeconfig, join(directory, page.given))
  }
  return await runPage(page, { directory, signal, write: (text) => void process.stdout.write(text) })
}

try {
  const pages = pagesToRun(process.argv.slice(2))
  process.exitCode = await withInterruption(async ({ signal }) => {
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
