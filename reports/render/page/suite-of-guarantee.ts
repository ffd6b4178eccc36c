import { existsSync, globSync, readFileSync } from 'node:fs'
import { hash } from 'node:crypto'
import { join } from 'node:path'
import { parseSums } from '../../../contract/sums.ts'
import type { ConformanceReport } from '../../model/conformance-report.ts'
import { isOwnGuarantee, ownSuitesFolder } from '../../model/own-suites.ts'
import { sourcesFile } from '../../model/run-sources.ts'

const root = join(import.meta.dirname, '..', '..', '..')

/** Where the suite of a guarantee is. */
export interface SuiteOfGuarantee {
  /** Path in the checkout, or in the run for suites of one's own. */
  readonly path: string
  /** Address of the file: in the run for suites of one's own, else at the commit in the repository; undefined where nobody knows it. */
  readonly address: string | undefined
  /** Line at which the guarantee begins, from 1; undefined where the file that ran is not at hand. */
  readonly line: number | undefined
  /** Lines of the judgements, by label. */
  readonly lines: ReadonlyMap<string, number>
}

/**
 * Finds the suites of guarantees. Those of Holdfast are read from this checkout, and their lines are told only where the file is the one
 * that ran, by its digest in the run; those of one's own are read from their copy in the run.
 */
export function suiteFinder(runDirectory: string, { run }: Pick<ConformanceReport, 'run'>): (id: string) => SuiteOfGuarantee | undefined {
  const sumsPath = join(runDirectory, sourcesFile)
  const sums = existsSync(sumsPath) ? parseSums(readFileSync(sumsPath, 'utf8')) : new Map<string, string>()
  const own = suitesBelow(runDirectory, ownSuitesFolder)
  const ofHoldfast = suitesBelow(root, 'suites')
  return (id) => {
    const isOwn = isOwnGuarantee(id, run.ownSuites)
    const found = (isOwn ? own : ofHoldfast).find(({ text }) => definitionOf(id, text) !== -1)
    if (found === undefined) return undefined
    const { path, text } = found
    const isAsRun = isOwn || sums.get(path) === hash('sha256', text)
    const line = isAsRun ? lineAt(text, definitionOf(id, text)) : undefined
    const address = isOwn ? encodeURI(path) : addressOf(run, path, line)
    return { path, address, line, lines: isAsRun ? labelsOf(text.slice(definitionOf(id, text)), line ?? 1) : new Map() }
  }
}

interface Suite {
  readonly path: string
  readonly text: string
}

function suitesBelow(directory: string, folder: string): readonly Suite[] {
  const paths = globSync(`${folder}/**/*.suite.{ts,js,mts,mjs}`, { cwd: directory }).toSorted()
  return paths.map((path) => ({ path, text: readFileSync(join(directory, path), 'utf8') }))
}

function definitionOf(id: string, text: string): number {
  return (
    ['id: ', '"id":', '"id": '].flatMap((key) => [text.indexOf(`${key}'${id}'`), text.indexOf(`${key}"${id}"`)]).find((at) => at !== -1) ??
    -1
  )
}

/** The labels up to the next guarantee of the file. */
function labelsOf(text: string, first: number): ReadonlyMap<string, number> {
  const end = text.indexOf('\nconformance(')
  const labels = (end === -1 ? text : text.slice(0, end)).matchAll(/\bas: ['"]([\w-]+)['"]/g)
  return new Map([...labels].toReversed().map(({ 1: label = '', index }) => [label, first + lineAt(text, index) - 1]))
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

/** Where services that host repositories show a file of a commit. */
function addressOf({ repository, commit }: ConformanceReport['run'], path: string, line: number | undefined): string | undefined {
  const url = repository === undefined ? null : URL.parse(repository)
  const folder = { 'github.com': 'blob', 'gitlab.com': '-/blob' }[url?.host ?? '']
  if (url === null || folder === undefined || !/^[0-9a-f]{40}$/.test(commit)) return undefined
  return `https://${url.host}${url.pathname.replace(/\.git$/, '')}/${folder}/${commit}/${path}${line === undefined ? '' : `#L${line}`}`
}
