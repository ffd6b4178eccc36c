import { hash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { exampleSiteRun } from '../testing/example-site-run.ts'
import { startOf } from './run-words.ts'
import { readSiteIndex } from './site-index.ts'
import { sitePages } from './site-pages.ts'
import { siteRun } from './site-run.ts'

const published = join(import.meta.dirname, '..', 'published')
const names = [
  'v1.34.4-standard-20261129-005706-7681',
  'v1.35.4-standard-20261128-231430-07ab',
  'v1.36.3-full-20261127-174436-d907',
  'v1.37.2-full-20261129-185551-9292',
  'v1.37.2-standard-20261128-201152-559a',
]
const runs = names.map((name) => siteRun(name, readFileSync(join(published, name, 'report.json'), 'utf8')))
const pages = sitePages(runs)
const textOf = (path: string) => pages.get(path) ?? ''
const html = [...pages].filter(([path]) => path.endsWith('.html'))

test('the pages are the same bytes in whatever order the runs come', () => {
  expect([...sitePages(runs.toReversed())]).toEqual([...pages])
})

test('a site without runs has pages too, and says so', () => {
  const empty = sitePages([])
  expect(empty.get('index.html')).toContain('Here are 0 runs on 0 platforms')
  expect(empty.get('compare.html')).toContain('No two runs are neighbours yet.')
  expect(readSiteIndex(empty.get('site.json') ?? '', 'site.json').runs).toEqual([])
})

test('the first page has each platform with its newest run, the highest Kubernetes first, and each run by date', () => {
  const platforms = [...textOf('index.html').matchAll(/<tr id="csi-hostpath\.holdfast\.dev-([\d.]+)">/g)].map(([, minor]) => minor)
  expect(platforms).toEqual(['1.37', '1.36', '1.35', '1.34'])
  const dates = [...textOf('index.html').matchAll(/<tr id="v[^]*?>(\d{4}-\d\d-\d\d \d\d:\d\d)</g)].map(([, date]) => date)
  expect(dates).toEqual(runs.map(startOf).toSorted().toReversed())
  expect(dates).toHaveLength(names.length)
  expect(textOf('index.html')).toMatch(
    /badge partial">partial<\/span><\/td>\s*<td>1 Inconclusive, 195 Passed<br><span class="quiet">71 not selected/,
  )
})

test('the history of a guarantee has every run that selected it, with version, verdict, duration and cause', () => {
  const section = /<section class="check" id="updates\/rolling-update">[^]*?<\/section>/.exec(textOf('guarantees/updates.html'))?.[0] ?? ''
  expect(section).toContain('Passed in 4 of 5 runs that judged it; another verdict in 1 of 1 repetition (100 %).')
  expect(section).toContain(
    'Inconclusive</span> <span class="tone Inconclusive">Cluster holdfast-t has no second image to run Pods from.</span>',
  )
  expect(section.match(/<tr><td>/g)).toHaveLength(5)
  expect(section.match(/<circle class="(?:Passed|Inconclusive)"/g)).toHaveLength(5)
  expect(section).toContain('Durations from the oldest run to the newest: ')
})

test('every link within the site leads to a page of it or a file of a run, and to an element with that id', () => {
  const lost = html.flatMap(([path, text]) =>
    [...text.matchAll(/ href="((?!https?:)[^"]*)"/g)].flatMap(([, href = '']) => {
      const [file = '', anchor] = href.split('#')
      const target = file === '' ? path : posix.join(posix.dirname(path), file)
      const found = target.startsWith('runs/') ? pageOfRun(target) : pages.get(target)
      const hasAnchor = anchor === undefined || found?.includes(` id="${anchor}"`) === true
      const isThere = found !== undefined && hasAnchor
      return isThere ? [] : [`${path}: ${href}`]
    }),
  )
  expect(lost).toEqual([])
})

function pageOfRun(target: string): string | undefined {
  const path = join(published, target.slice('runs/'.length))
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

test.each(html)('%s loads nothing, and allows nothing but the style and the program that are in it', (path, text) => {
  expect(text.match(/<(?:img|iframe|object|embed|base|form)\b|<link rel="(?!alternate)|\ssrc=|@import|url\(|\sstyle=|\son\w+=/g)).toBeNull()
  const scripts = [...text.matchAll(/<script(?: [^>]*)?>/g)].map(([tag]) => tag)
  expect(scripts).toEqual(path === 'compare.html' ? ['<script type="application/json" id="data">', '<script>'] : [])
  const [, style = ''] = /<style>([^]*?)<\/style>/.exec(text) ?? []
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(text)?.[1]?.replaceAll('&#39;', "'") ?? ''
  expect(policy).toContain(`default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}';`)
  expect(policy.includes('script-src')).toBe(path === 'compare.html')
})

test('site.json lists every run with the digest of its report, and every other file with its own', () => {
  const index = readSiteIndex(textOf('site.json'), 'site.json')
  expect(index.runs.map(({ startedAt }) => startedAt)).toEqual(runs.map(({ startedAt }) => startedAt).toSorted())
  for (const { name, sha256 } of index.runs) expect(sha256).toBe(hash('sha256', readFileSync(join(published, name, 'report.json'))))
  const files = [...pages.keys()].filter((path) => path !== 'site.json')
  expect(Object.keys(index.files)).toEqual(files)
  for (const path of files) expect(index.files[path]).toBe(hash('sha256', textOf(path)))
})

describe('badges', () => {
  test('there is one of the newest run and one of each platform, as shields.io reads it and as a picture', () => {
    const badges = [...pages.keys()].filter((path) => path.startsWith('badges/'))
    expect(badges).toHaveLength(10)
    expect(JSON.parse(textOf('badges/newest.json'))).toEqual({
      schemaVersion: 1,
      label: 'holdfast, Kubernetes 1.37',
      message: 'full: 1 Inconclusive, 195 Passed',
      color: '855600',
    })
    expect(textOf('badges/csi-hostpath.holdfast.dev-1.34.svg')).toMatch(
      /^<svg xmlns[^]*aria-label="holdfast, Kubernetes 1\.34: standard: 118 Passed"/,
    )
  })

  test('one violation makes it red', () => {
    const failed = sitePages([exampleSiteRun({ 'a/b': 'Passed', 'a/c': 'Failed' }, { profile: undefined })])
    expect(JSON.parse(failed.get('badges/newest.json') ?? '')).toMatchObject({ message: '1 Failed, 1 Passed', color: 'b3261e' })
  })
})

test('the feed has an entry for each run, the newest first, with a stable id and the causes', () => {
  const feed = textOf('feed.xml')
  const ids = [...feed.matchAll(/<id>(urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12})<\/id>/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(1 + names.length)
  expect(sitePages(runs.slice(0, 2)).get('feed.xml')).toContain(ids.at(2))
  expect(feed).toMatch(/<updated>2026-11-29T19:45:22\.981Z<\/updated>\n<author>/)
  expect(feed).toContain('updates/rolling-update Inconclusive: Cluster holdfast-t has no second image to run Pods from.')
  expect([...feed.matchAll(/<updated>/g)]).toHaveLength(1 + names.length)
})

test('text of a report is never markup', () => {
  const evil = '</script><script>alert(1)</script><img src=x onerror=alert(1)>'
  const run = exampleSiteRun({ 'a/b': 'Failed' })
  const site = sitePages([
    { ...run, kubernetes: evil, profile: evil, platform: { ...run.platform, driver: evil } },
    {
      ...run,
      name: 'other',
      guarantees: run.guarantees.map((one) => ({ ...one, statement: evil, cause: evil, source: 'javascript:alert(1)' })),
    },
  ])
  const written = [...site].filter(([path]) => !path.endsWith('.json')).map(([, text]) => text)
  expect(written.filter((text) => /<script>alert|<img|href="javascript:/i.test(text))).toEqual([])
  expect(written.filter((text) => text.includes('&lt;img src=x')).length).toBeGreaterThan(3)
})
