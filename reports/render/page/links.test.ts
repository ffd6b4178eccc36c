import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { buildReport } from '../../model/build-report.ts'
import type { ConformanceReport } from '../../model/conformance-report.ts'
import { timelinesFile } from '../../model/published-run.ts'
import { largeRun } from '../../testing/large-run.ts'
import { wholeRun, wholeRuns } from '../../testing/whole-run.ts'
import { pageHtml } from './page.ts'
import { timelinesHtml } from './timelines.ts'

interface Checked {
  readonly counts: Readonly<Record<'within' | 'pages' | 'files' | 'lines', number>>
  /** Links that lead nowhere. */
  readonly broken: readonly string[]
  /** The page of the run. */
  readonly html: string
}

/** Follows each link of both pages of a run that does not leave it: to an id, to a file, or to a line of one. */
async function linksOf(report: ConformanceReport, directory: string): Promise<Checked> {
  const pages = new Map([
    ['index.html', await pageHtml(report, directory)],
    [timelinesFile, await timelinesHtml(report, { runDirectory: directory, byDigest: new Set() })],
  ])
  const ids = new Map([...pages].map(([name, html]) => [name, new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))]))
  const texts = new Map<string, string>()
  const textOf = (path: string): string => {
    const text = texts.get(path) ?? readFileSync(join(directory, path), 'utf8')
    texts.set(path, text)
    return text
  }
  const counts = { within: 0, pages: 0, files: 0, lines: 0 }
  const leads = (page: string, link: string): boolean => {
    const [path = '', hash] = link.split('#')
    const name = decodeURI(path === '' ? page : path)
    if (pages.has(name)) {
      counts[path === '' ? 'within' : 'pages'] += 1
      return hash === undefined || ids.get(name)?.has(hash) === true
    }
    counts.files += 1
    if (!existsSync(join(directory, name))) return false
    if (hash === undefined) return true
    counts.lines += 1
    const text = decodeURIComponent(hash.replace(':~:text=', ''))
    return textOf(name).includes(text)
  }
  const broken = [...pages].flatMap(([page, html]) => {
    const links = [...html.matchAll(/ href="([^"]+)"/g)].map(([, link = '']) => link).filter((link) => !/^https?:/.test(link))
    return links.filter((link) => !leads(page, link)).map((link) => `${page}: ${link}`)
  })
  return { counts, broken, html: pages.get('index.html') ?? '' }
}

test('each link of the pages of a published run leads to an id, a file or a line that is there', async () => {
  const whole = await wholeRun(wholeRuns[1])
  const { counts, broken } = await linksOf(await buildReport(whole), whole)
  expect(broken).toEqual([])
  expect(counts.within).toBeGreaterThan(800)
  expect(counts.pages).toBeGreaterThan(119)
  expect(counts.files).toBeGreaterThan(1500)
  expect(counts.lines).toBeGreaterThan(1000)
})

test('so does each of a run with clauses, whose links lead to the judgements that decided them', async () => {
  const { report, directory } = await largeRun(130)
  onTestFinished(() => rm(directory, { recursive: true }))
  const { counts, broken, html } = await linksOf(report, directory)
  expect(broken).toEqual([])
  expect(counts.within).toBeGreaterThan(1500)
  const ofClauses = [...html.matchAll(/<a href="#([^"]+\.\d+)">(decides-\d+)</g)]
  expect(ofClauses.length).toBeGreaterThan(400)
  const rows = new Map([...html.matchAll(/<tr id="([^"]+\.\d+)">[^]*?<code>(decides-\d+)</g)].map(([, id, label]) => [id, label]))
  expect(ofClauses.filter(([, id, label]) => rows.get(id) !== label).map(([link]) => link)).toEqual([])
})
