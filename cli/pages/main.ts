/**
 * Runs the examples of pages on real clusters, as they are written:
 *
 *   node cli/pages/main.ts [docs/<page>.md …]
 *
 * Exit code 0: every page went as it says; 1: one did not; 3: wrong usage or no cluster; 130, 143: interrupted.
 */
import { copyFileSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
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
import { type Page, readPage } from './page.ts'
import { runPage } from './run-page.ts'

const words = process.argv.slice(2)
const paths = words.length > 0 ? words.map((path) => resolve(path)) : globSync(join(projectRoot, 'docs', '*.md')).toSorted()

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
  const pages = paths
    .map((path) => ({ path, page: readPage(readFileSync(path, 'utf8')) }))
    .filter(({ page }) => page.blocks.some(({ use }) => use?.kind === 'run'))
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
