import { hash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { buildReport } from '../../model/build-report.ts'
import type { ConformanceReport } from '../../model/conformance-report.ts'
import type { CoveredEntry } from '../../model/ledger.ts'
import { exampleGuarantees, exampleRun } from '../../testing/example-run.ts'
import { backupCluster, exampleRoundTrips, unmetGuarantee } from '../../testing/example-round-trip.ts'
import { wholeRun } from '../../testing/whole-run.ts'
import { markupText } from '../markup.ts'
import { coverageFilter } from './coverage-filter.ts'
import { pageHtml } from './page.ts'
import { sourceLink } from './statements.ts'
import { timelinesHtml } from './timelines.ts'

type Options = Parameters<typeof exampleRun>[0]

async function pageOf(options: Options): Promise<string> {
  const directory = await exampleRun(options)
  onTestFinished(() => rm(directory, { recursive: true }))
  return pageHtml(await buildReport(directory), directory)
}

const wrong: CoveredEntry = {
  id: 'statefulset.any-order',
  area: 'StatefulSets',
  level: 'MUST',
  statement: 'Pods start in any order.',
  verdict: 'refuted',
  instead: 'One after the other.',
  reality: 'In order of their ordinals.',
  guarantees: ['statefulset/ordered-startup'],
}
const conditional: CoveredEntry = { ...wrong, id: 'statefulset.in-order', verdict: 'conditional', when: 'Unless it is Parallel.' }

function entryOf(html: string, id: string): string {
  return (
    new RegExp(`<tr class="entry[^>]* id="${id}">[^]*?(?=<tr class="(?:entry|area)|</tbody></table>\n</section>)`).exec(html)?.[0] ?? ''
  )
}

test('what was not selected stands on the page with sentence and reason', async () => {
  const skipped = [{ id: 'velero/comes-back', statement: 'It comes back.', level: 'MUST' as const, why: 'need Velero: profile velero' }]
  const html = await pageOf({ skipped })
  expect(html).toContain('3 of 4 checks ran: 1 Passed, 1 Failed, 1 Inconclusive')
  expect(html).toMatch(/id="velero\/comes-back"[^]*?It comes back\.[^]*?not run: need Velero: profile velero/)
})

test('findings are on the page, those of a check in its section, too', async () => {
  const directory = await exampleRun()
  onTestFinished(() => rm(directory, { recursive: true }))
  const report = await buildReport(directory)
  expect(await pageHtml(report, directory)).not.toContain('Finding')
  const [first, ...others] = report.guarantees
  if (first === undefined) throw new Error('There are no examples.')
  const guarantees = [{ ...first, findings: ['pv-1 <b>remains</b>.'] }, ...others]
  const html = await pageHtml({ ...report, run: { ...report.run, findings: ['The cluster is still there.'] }, guarantees }, directory)
  expect(html).toMatch(/<h2>Findings<\/h2>[^]*?The cluster is still there\.[^]*?pv-1 &lt;b&gt;remains/)
  expect(new RegExp(`<section class="check" id="${first.id}">[^]*?</section>`).exec(html)?.[0]).toContain('<b>Finding</b>: pv-1 &lt;b&gt;')
})

test('leaks are on the page, where there are any', async () => {
  const directory = await exampleRun()
  onTestFinished(() => rm(directory, { recursive: true }))
  const report = await buildReport(directory)
  expect(await pageHtml({ ...report, run: { ...report.run, leaks: [] } }, directory)).not.toContain('Storage left behind')
  const html = await pageHtml({ ...report, run: { ...report.run, leaks: ['The driver has <v1>.'] } }, directory)
  expect(html).toMatch(/<h2>Storage left behind<\/h2>[^]*?<li>The driver has &lt;v1&gt;\.<\/li>/)
})

test('a check says when it was last seen to fail, and one that never was is counted', async () => {
  const failure = { mutant: 'parallel-pod-management', day: '2026-11-20', kubernetes: 'v1.37.2' }
  const html = await pageOf({ seenBefore: { 'statefulset/ordered-startup': failure, 'expansion/online': failure } })
  expect(html.match(/Last seen to fail on 2026-11-20 on Kubernetes v1\.37\.2, under parallel-pod-management\./g)).toHaveLength(2)
  expect(html.match(/<p class="quiet">Never seen to fail\.\s/g)).toHaveLength(1)
  expect(html).toContain('Never seen to fail under a mutant: 1 of 3. <a href="#statefulset/halts-while-predecessor-is-not-ready">')
  expect(await pageOf({})).not.toMatch(/seen to fail/)
})

test('a statement has a word that is true of it, and what was not shown is only asserted', async () => {
  const html = await pageOf({ ledger: [wrong, conditional, { ...wrong, id: 'statefulset.other', guarantees: [] }] })
  expect(entryOf(html, wrong.id)).toMatch(/class="entry wrong"[^]*?<dt>correct<dd>[^]*?does not hold \(documented wrongly, shown\)/)
  expect(entryOf(html, conditional.id)).toMatch(/class="entry partial"[^]*?shown in part: conditional/)
  expect(entryOf(html, 'statefulset.other')).toMatch(
    /class="entry none"[^]*?<dt>correct \(asserted\)<dd>[^]*?not shown in this run\)<\/b>: no check yet/,
  )
  expect(html).not.toMatch(/class="(?:entry|tone) good"/)
})

test('stories, reasons, judgements, evidence and a failing timeline are on the page', async () => {
  const directory = await exampleRun({
    ...{ examples: [...exampleGuarantees, ...exampleRoundTrips], cluster: backupCluster, unmet: [unmetGuarantee] },
  })
  onTestFinished(() => rm(directory, { recursive: true }))
  const report = await buildReport(directory)
  const html = await pageHtml(report, directory)
  const timelines = await timelinesHtml(report, { runDirectory: directory, byDigest: new Set() })
  expect(timelines).toContain('Entry 3, +0.32 s: shows the violation')
  expect(timelines).toContain('href="evidence/statefulset/halts-while-predecessor-is-not-ready/history.jsonl#:~:text=seq%22:3%2C%22at"')
  expect(timelines).not.toContain('<script')
  expect(html.match(/<div class="story">/g)).toHaveLength(2)
  expect(html).toContain('no registry answers).')
  expect(html).toContain('web-1 created at +0.32 s, web-0 Ready at +3.40 s')
  expect(html).toContain('web-1 Pending, uid uid-web-1, rv 1')
  expect(html).toMatch(/<td>Checked\s*<td>Pods start in ordinal order/)
  expect(html).toContain('href="evidence/statefulset/ordered-startup/history.jsonl"')
  expect(html).toMatch(/holdfast\.local\/postgres:15/)
})

test('text from a cluster is never markup, and no address but one of the web is linked to', async () => {
  const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
  const [first, second] = exampleGuarantees
  if (first === undefined || second === undefined) throw new Error('There are no examples.')
  const source = { page: 'https://example.org/', section: evil }
  const html = await pageOf({
    examples: [
      { ...first, guarantee: { ...first.guarantee, statement: evil, source } },
      { ...second, reasons: [{ summary: evil, expected: evil, actual: evil }] },
    ],
    cluster: { name: evil, driver: evil, versions: { [evil]: evil } },
    skipped: [{ id: 'a/b', statement: evil, why: evil }],
    ledger: [
      {
        ...wrong,
        statement: `${evil}.`,
        reality: evil,
        instead: evil,
        area: evil,
        documents: { [evil]: [evil] },
        documentation: ['javascript:alert(1)'],
      },
    ],
  })
  expect(html).not.toMatch(/<img|href="javascript:/i)
  expect(html.match(/<script/gi)).toHaveLength(1)
  expect(html.match(/&quot;&gt;&lt;script&gt;/g)?.length).toBeGreaterThan(12)
})

test('a check whose history cannot be read says so, and the page stands', async () => {
  const directory = await exampleRun()
  onTestFinished(() => rm(directory, { recursive: true }))
  const report = await buildReport(directory)
  await writeFile(join(directory, 'evidence/statefulset/ordered-startup/history.jsonl'), 'not JSON\nnot JSON\n')
  expect(await pageHtml(report, directory)).toContain('The history of this check cannot be read.')
})

describe('the page of a whole run', () => {
  let report: ConformanceReport
  let html: string
  let anchors: readonly string[]

  beforeAll(async () => {
    const directory = await wholeRun('v1.36.3-full-20261127-174436-d907')
    report = await buildReport(directory)
    html = await pageHtml(report, directory)
    anchors = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id)
  }, 60_000)

  test('every check and every statement can be linked to, once, and every link within the page leads somewhere', () => {
    const { guarantees, skipped, ledger = [] } = report
    expect(anchors.filter((id, index) => anchors.indexOf(id) !== index)).toEqual([])
    expect(anchors).toEqual(expect.arrayContaining([...guarantees, ...skipped, ...ledger].map(({ id }) => id)))
    const known = new Set(anchors)
    expect([...html.matchAll(/ href="#([^"]+)"/g)].map(([, id = '']) => id).filter((id) => !known.has(id))).toEqual([])
  })

  test('it loads nothing, runs nothing but the filter, whose digest its policy allows, and has no frame', () => {
    const [[, program = ''] = [], ...others] = [...html.matchAll(/<script>([^]*?)<\/script>/g)]
    expect(others).toEqual([])
    expect(program).toBe(coverageFilter)
    expect(html).toContain(`script-src &#39;sha256-${hash('sha256', program, 'base64')}&#39;;`)
    expect(html.match(/<(?:script\b(?!>)|link\b|img\b|iframe\b|object\b|embed\b)|\ssrc=|@import|url\((?!#)/g)).toBeNull()
  })
})

test('a source is named by its site, page and section, and whole where it is none of the web', () => {
  expect(markupText(sourceLink('https://kubernetes.io/docs/concepts/storage/volumes/#nfs'))).toMatch(/>kubernetes\.io: volumes#nfs<\/a>$/)
  expect(markupText(sourceLink('https://velero.io'))).toMatch(/>https:\/\/velero\.io<\/a>$/)
  expect(markupText(sourceLink('javascript:alert(1)'))).toBe('javascript:alert(1)')
})
