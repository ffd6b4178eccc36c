import { copyFileSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { createCluster, deleteCluster, ensureTool } from '../../clusters/index.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { mergeSettings } from '../plan/run-plan.ts'
import { log } from '../shell/log.ts'
import { projectRoot } from '../shell/project-root.ts'
import { type Page, readPage } from './page.ts'
import { runPage } from './run-page.ts'

/** A page of documentation that can be run, and where it is. */
export interface NamedPage {
  readonly path: string
  readonly page: Page
}

/** Reads a page. */
export function pageAt(path: string): NamedPage {
  return { path, page: readPage(readFileSync(path, 'utf8')) }
}

/** Whether a page has a block that is run. */
export function isRun({ page }: NamedPage): boolean {
  return page.blocks.some(({ use }) => use?.kind === 'run')
}

/** All pages of documentation that can be run. */
export function runnablePages(): readonly NamedPage[] {
  return globSync(join(projectRoot, 'docs', '*.md'))
    .toSorted()
    .map(pageAt)
    .filter(isRun)
}

/** Runs a page in a directory of its own, beside a cluster where its reader was given one. Returns what did not go as it says. */
export async function tryPage(page: Page, signal: AbortSignal): Promise<string | undefined> {
  await using stack = new AsyncDisposableStack()
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('page')))
  stack.defer(() => rmSync(directory, { recursive: true, force: true }))
  for (const name of ['holdfast', 'reports']) symlinkSync(join(projectRoot, name), join(directory, name))
  if (page.given !== undefined) {
    // It belongs to this process: where that is killed, the next start removes it.
    const { name, kubeconfig } = await createCluster({ owner: 'run', config: mergeSettings({}), log, signal })
    stack.defer(async () => void (await deleteCluster(name, { log })))
    copyFileSync(kubeconfig, join(directory, page.given))
  }
  return await runPage(page, { directory, programs: await programsOf(page), signal, write: (text) => void process.stdout.write(text) })
}

/**
 * Where the programs are that a page takes for granted and this machine lacks. Its reader has kubectl; a new machine has only what was
 * built.
 */
async function programsOf({ blocks }: Page): Promise<string | undefined> {
  if (!blocks.some(({ use, text }) => use?.kind === 'run' && /\bkubectl\b/.test(text))) return undefined
  const kubectl = await ensureTool('kubectl', { log })
  return isAbsolute(kubectl) ? dirname(kubectl) : undefined
}
