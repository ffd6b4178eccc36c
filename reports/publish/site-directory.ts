import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ownerText, thisOwner } from '../../contract/owner.ts'
import { readText } from '../model/run-files.ts'
import { readSiteIndex, siteFile, type SiteIndex } from '../site/site-index.ts'
import { sitePages } from '../site/site-pages.ts'
import { siteRun, type SiteRun } from '../site/site-run.ts'
import { partialMark, type PublishedCopy, removeAbandoned, writePublishedCopies } from './published-copy.ts'
import { PublishRefused } from './publish-refused.ts'
import { asOnlyPublisher, lockPrefix } from './publisher-lock.ts'

/** A directory that is a site, or is to become one. */
export interface SiteDirectory {
  /** What its `site.json` says; undefined for a directory that is empty or does not exist. */
  readonly index: SiteIndex | undefined
  readonly runs: readonly SiteRun[]
}

/** What publishing changed. */
export interface SiteChange {
  readonly added: readonly string[]
  /** How many files beside the runs were written, and how many the site has. */
  readonly written: number
  readonly files: number
}

/** What may stand in a directory that is to become a site. */
const isIgnored = (name: string) => name === '.git' || name.startsWith(lockPrefix)

/**
 * Looks at a directory and changes nothing. Throws `PublishRefused` for one that holds something and is no site, or was changed. A run that
 * the index does not list may be of a publisher that was cut off, or of anybody: whoever adds to the site must have it proven before.
 */
export async function readSite(directory: string): Promise<SiteDirectory> {
  if (existsSync(directory) && !(await stat(directory)).isDirectory())
    throw new PublishRefused(`${directory} is not a directory.`, { fix: 'Name a site, or a directory that is empty or does not exist.' })
  const path = join(directory, siteFile)
  const text = await readText(path)
  if (text === undefined) {
    const found = existsSync(directory) ? (await readdir(directory)).filter((name) => !isIgnored(name)) : []
    if (found[0] === undefined) return { index: undefined, runs: [] }
    throw new PublishRefused(`${directory} is no site: it holds ${found[0]} and no ${siteFile}.`, {
      fix: 'Name a site, or a directory that is empty or does not exist.',
    })
  }
  const index = readable(path, () => readSiteIndex(text, path))
  const runs = await runsIn(directory)
  refuseChanged(directory, { index, runs })
  return { index, runs }
}

/** Refuses a run that is not as the index lists it, and a second one of the same id. */
function refuseChanged(directory: string, { index, runs }: { readonly index: SiteIndex; readonly runs: readonly SiteRun[] }): void {
  const folder = (name: string) => join(directory, 'runs', name)
  for (const [at, { name, id, sha256 }] of runs.entries()) {
    const same = runs.slice(at + 1).find((other) => other.id === id)
    if (same !== undefined)
      throw new PublishRefused(`${folder(name)} and ${folder(same.name)} are the same run, ${id}.`, {
        fix: 'Take one of them out of the site.',
      })
    const listed = index.runs.find((one) => one.id === id) ?? index.runs.find((one) => one.name === name)
    if (listed === undefined || listed.sha256 === sha256) continue
    throw new PublishRefused(`${join(folder(name), 'report.json')} was changed since it was published.`, {
      fix: 'Put back what was published; a correction is a new run.',
    })
  }
}

/**
 * Adds copies of runs to a site and writes its pages anew. A run that is there already stays as it is: one of the same id with another
 * report is refused. What is not of the site is neither overwritten nor deleted: a file in the way is refused before anything is written.
 * Once the signal is aborted, no part of a run is left; runs that are there by then get their pages. With the same runs, the files are the
 * same bytes, and those that are there already are not touched.
 */
export async function addToSite(
  directory: string,
  copies: readonly PublishedCopy[],
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<SiteChange> {
  signal?.throwIfAborted()
  const different = onePerRun(copies)
  await mkdir(directory, { recursive: true })
  return asOnlyPublisher(directory, async () => {
    for (const folder of ['', 'runs', 'guarantees', 'badges']) await removeAbandoned(join(directory, folder))
    const { index, runs } = await readSite(directory)
    const missing = different.filter((copy) => runInSite({ directory, runs }, copy) === undefined)
    const placed = missing.map((copy) => ({ copy, directory: join(directory, 'runs', copy.name) }))
    const taken = placed.find((one) => existsSync(one.directory))
    if (taken !== undefined) throw inTheWay(taken.directory)
    const added = await Promise.all(missing.map(async ({ name, runDirectory }) => readRun(name, runDirectory)))
    const pages = sitePages([...runs, ...added])
    const due = await filesToWrite({ directory, index, pages, before: sitePages(runs) })
    // From here on the directory is known as a site, also if the rest is cut off.
    if (index === undefined) await writeWhole(join(directory, siteFile), sitePages([]).get(siteFile) ?? '')
    await mkdir(join(directory, 'runs'), { recursive: true })
    await writePublishedCopies(placed, signal)
    await removeOutdated({ directory, index, pages })
    for (const path of due) await writeWhole(join(directory, path), pages.get(path) ?? '')
    return { added: missing.map(({ name }) => name), written: due.length, files: pages.size }
  })
}

/** The run in a site that has the id of another; undefined where there is none. Throws `PublishRefused` when its report is another one. */
export function runInSite(
  { directory, runs }: Pick<SiteDirectory, 'runs'> & { readonly directory: string },
  { runDirectory, id, sha256 }: Pick<PublishedCopy, 'runDirectory' | 'id' | 'sha256'>,
): SiteRun | undefined {
  const same = runs.find((run) => run.id === id)
  if (same === undefined || same.sha256 === sha256) return same
  throw new PublishRefused(`${join(directory, 'runs', same.name)} is there already, and has another report.json than ${runDirectory}.`, {
    fix: 'A run in a site is never replaced.',
  })
}

/** Copies without those of a run that is among them already. Throws `PublishRefused` for two of one id with different reports. */
function onePerRun(copies: readonly PublishedCopy[]): readonly PublishedCopy[] {
  return copies.filter(({ runDirectory, id, sha256 }, at) => {
    const same = copies.slice(0, at).find((copy) => copy.id === id)
    if (same === undefined || same.sha256 === sha256) return same === undefined
    throw new PublishRefused(`${same.runDirectory} and ${runDirectory} are the same run, ${id}, with another report.json.`, {
      fix: 'Leave out the one that was changed.',
    })
  })
}

/** The runs of a site, by the folders below `runs/` that hold a report. */
async function runsIn(directory: string): Promise<readonly SiteRun[]> {
  const below = join(directory, 'runs')
  const names = existsSync(below) ? (await readdir(below)).filter((name) => !name.includes(partialMark)) : []
  const found = names.filter((name) => existsSync(join(below, name, 'report.json')))
  return Promise.all(found.toSorted().map(async (name) => readRun(name, join(below, name))))
}

async function readRun(name: string, directory: string): Promise<SiteRun> {
  const path = join(directory, 'report.json')
  const text = (await readText(path)) ?? ''
  return readable(path, () => siteRun(name, text))
}

function readable<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    const why = cause instanceof SyntaxError ? `${path} is not JSON.` : cause instanceof Error ? cause.message : String(cause)
    throw new PublishRefused(why, { fix: 'Put back what was published, or begin another site.' })
  }
}

interface Planned {
  readonly directory: string
  readonly index: SiteIndex | undefined
  readonly pages: ReadonlyMap<string, string>
  /** The files that the runs without the new ones make: what a publisher that was cut off may have left. */
  readonly before: ReadonlyMap<string, string>
}

/** Paths of the files that are not yet as they are to be, `site.json` last. Throws where one is in the way that nobody published. */
async function filesToWrite({ directory, index, pages, before }: Planned): Promise<readonly string[]> {
  const due: string[] = []
  for (const [path, text] of pages) {
    const found = await readText(join(directory, path))
    if (found === text) continue
    due.push(path)
    const isOurs = found === undefined || path === siteFile || index?.files[path] === hash('sha256', found) || found === before.get(path)
    if (!isOurs) throw inTheWay(join(directory, path))
  }
  return due
}

function inTheWay(path: string): PublishRefused {
  return new PublishRefused(`${path} is not as it was published.`, {
    fix: 'Move it out of the site; pages of a site are made from its runs.',
  })
}

/** Deletes pages that the runs no longer make, as where somebody took a run out of the site, and that are still as they were written. */
async function removeOutdated({ directory, index, pages }: Omit<Planned, 'before'>): Promise<void> {
  for (const [path, sha256] of Object.entries(index?.files ?? {})) {
    if (pages.has(path) || !/^(?:guarantees|badges)\/[\w.-]+$/.test(path)) continue
    const found = await readText(join(directory, path))
    if (found !== undefined && hash('sha256', found) === sha256) await rm(join(directory, path))
  }
}

/** Writes a file so that a reader sees the old one or the new one, never a part. */
async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const partial = `${path}${partialMark}${ownerText(thisOwner())}`
  try {
    await writeFile(partial, text)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}
