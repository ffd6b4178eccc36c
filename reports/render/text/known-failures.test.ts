import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { KnownFailure } from '../../known-failures/known-failure.ts'
import { buildReport } from '../../model/build-report.ts'
import { exampleKnownFailures, knownFailuresText } from '../../testing/example-known-failures.ts'
import { exampleRun } from '../../testing/example-run.ts'
import { writeAllureResults } from '../allure/allure-results.ts'
import { gateMeaning, headline } from '../headline.ts'
import { junitXml } from './junit.ts'
import { knownFailureLines } from './known-failure-lines.ts'
import { finishedLine } from './live-lines.ts'
import { pageHtml } from '../page/page.ts'
import { summaryLines } from './summary.ts'

const [failed, unsure] = exampleKnownFailures as [KnownFailure, KnownFailure]
const { reason: _, ...anyCause } = failed
const stale: readonly KnownFailure[] = [
  { ...anyCause, guarantee: 'statefulset/ordered-startup' },
  { ...anyCause, guarantee: 'dns/gone' },
]
const elsewhere: KnownFailure = { ...anyCause, when: { driver: 'ebs.csi.aws.com' } }
const skipped = [{ id: 'velero/comes-back', statement: 'It comes back.', level: 'MUST' as const, why: 'need Velero: profile velero' }]

async function runWith(entries: readonly KnownFailure[]) {
  const directory = await exampleRun({ skipped, knownFailures: knownFailuresText(entries) })
  onTestFinished(() => rm(directory, { recursive: true }))
  return { directory, report: await buildReport(directory) }
}

test('the summary shows what is known with its owner and its last day, and the exit code of the gate', async () => {
  const { report } = await runWith([failed, unsure, elsewhere])
  const lines = summaryLines(report, { htmlPath: '/run/index.html', runDirectory: '/run', columns: 140 })
  expect(lines).toContain(
    `Holdfast ${report.run.id}  failure  3 of 4 checks ran: 1 Passed, 1 Failed (1 known), 1 Inconclusive (1 known)  in 60 s`,
  )
  const at = lines.findIndex((line) => line.includes('Failed  '))
  expect(lines.slice(at, at + 3)).toEqual([
    '  Failed        statefulset/halts-while-predecessor-is-not-ready    12.3 s',
    '                Pod hf-demo/web-1 was created before Pod web-0 was Ready.',
    '                known until 2026-12-31 (workloads team, https://example.com/issues/1): The controller is patched here & creates <all> Pods …',
  ])
  expect(lines).toContain('  known     2 known, 1 does not apply')
  expect(lines).toContain('  meaning   exit code 0: all that was not shown to hold is known; the result is failure')
})

test('the summary says of each entry that breaks the gate what to do about it', async () => {
  const { report } = await runWith([failed, unsure, ...stale])
  const lines = summaryLines(report, { htmlPath: '/run/index.html', runDirectory: '/run' })
  expect(lines.filter((line) => /^ {12}line/.test(line)).map((line) => line.replace(/line \d+/, 'line n'))).toEqual([
    '            line n: statefulset/ordered-startup Passed, and is listed as Failed. Remove the entry. (workloads team, https://example.com/issues/1)',
    '            line n: There is no guarantee dns/gone. Remove the entry, or correct its id. (workloads team, https://example.com/issues/1)',
  ])
  expect(lines).toContain('  known     2 known, 1 passes again, 1 matches nothing')
  expect(lines).toContain(
    '  meaning   exit code 2: known failures must be put right: 1 passes again, 1 matches nothing; see the reasons above',
  )
})

test('what the gate means is true of the run', async () => {
  const meaning = async (entries: readonly KnownFailure[]) => gateMeaning((await runWith(entries)).report)
  expect(await meaning([])).toBe('a documented sentence was broken')
  expect(await meaning([failed])).toBe('not everything that was selected was shown to hold')
  expect(await meaning([unsure, ...stale.slice(0, 1)])).toBe(
    'a documented sentence was broken; known failures must be put right: 1 passes again',
  )
})

test('the table has what breaks the gate first, and counts all', async () => {
  const { report } = await runWith([failed, elsewhere, ...stale])
  const lines = knownFailureLines({ entries: report.knownFailures?.entries ?? [] })
  expect(lines.map((line) => line.replace(/line \d+:.*/, ''))).toEqual([
    ...['passes again     ', 'matches nothing  ', 'known            ', 'does not apply   '],
    'Entries: 1 known, 1 passes again, 1 matches nothing, 1 does not apply.',
  ])
  expect(knownFailureLines({ entries: [] })).toEqual(['The file lists nothing.'])
})

test('in JUnit what is known is skipped with verdict and causes, and what breaks the gate is a failure of its own', async () => {
  const { report } = await runWith([failed, unsure, elsewhere, ...stale])
  const xml = junitXml(report)
  expect(xml).toContain('<testsuites name="Holdfast" tests="9" failures="2" errors="0" skipped="4"')
  expect(xml).toContain('<testsuite name="conformance" tests="4" failures="0" errors="0" skipped="3"')
  expect(xml).toContain('<testsuite name="known failures" tests="5" failures="2" errors="0" skipped="1"')
  expect(xml).toContain(`<property name="checks" value="${headline(report)}"/>`)
  expect(xml).toContain('<property name="result" value="failure"/>')
  expect(xml).toContain('<property name="gate" value="partial"/>')
  expect(xml).toMatch(
    /name="halts-while[^]*?name="verdict" value="Failed"[^]*?<skipped message="Failed, known until 2026-12-31 \(workloads team[^"]*&amp; creates &lt;all&gt;[^]*?<system-out>Pod hf-demo\/web-1 was created/,
  )
  expect(xml).toMatch(/name="line \d+: dns\/gone"[^]*?<failure type="matches nothing" message="There is no guarantee dns\/gone\./)
})

test('for Allure a known failure stays failed, is known, and links to where it is worked on', async () => {
  const { directory, report } = await runWith([failed])
  const results = await writeAllureResults(report, directory)
  const names = (await readdir(results)).filter((name) => name.endsWith('-result.json'))
  const texts = await Promise.all(names.map((name) => readFile(join(results, name), 'utf8')))
  const known = texts.map((text): unknown => JSON.parse(text)).filter((result) => JSON.stringify(result).includes('"known":true'))
  expect(known).toMatchObject([
    {
      fullName: failed.guarantee,
      status: 'failed',
      statusDetails: { message: expect.stringMatching(/^Failed\nPod hf-demo[^]*\nknown until 2026-12-31/) },
      links: [{ name: 'Documentation' }, { type: 'issue', url: failed.link }],
    },
  ])
})

test('a guarantee that ended is told to be known while the run goes on', () => {
  const finished = { id: 'expansion/online', verdict: 'Failed', seconds: 3, reason: 'It shrank.\nMore.', colour: false } as const
  expect(finishedLine({ ...finished, known: 'known until 2026-12-31 (storage, https://example.com/1): Bug.' })).toBe(
    [
      'Failed        expansion/online  3.0 s',
      '              It shrank.',
      '              known until 2026-12-31 (storage, https://example.com/1): Bug.',
    ].join('\n'),
  )
})

test('the page shows each entry, what is known beside its verdict, and the gate beside the result', async () => {
  const { directory, report } = await runWith([failed, unsure, elsewhere, ...stale])
  const html = await pageHtml(report, directory)
  expect(html).toContain('<span class="badge failure">failure</span> 3 of 4 checks ran: 1 Passed, 1 Failed (1 known)')
  expect(html).toMatch(
    /Gate: <span class="badge partial">partial<\/span> known failures must be put right: 1 passes again, 1 matches nothing\./,
  )
  const section = /<section class="part" id="known-failures">[^]*?<\/section>/.exec(html)?.[0] ?? ''
  const outcomes = Array.from(section.matchAll(/<tr><td><span class="([^"]+)">([^<]+)</g), ([, style, outcome]) => [style, outcome])
  expect(outcomes).toEqual([
    ['badge Failed', 'passes again'],
    ['badge Failed', 'matches nothing'],
    ['badge', 'known'],
    ['badge', 'known'],
    ['quiet', 'does not apply'],
  ])
  expect(section).toContain('creates &lt;all&gt; Pods')
  expect(section).toContain('kubernetes &gt;=1.36 &lt;1.38; features VolumeExpansion')
  expect(section).toContain('<a href="known-failures.yaml">')
  for (const part of ['<section class="part" id="checks">', `<section class="check" id="${failed.guarantee}">`]) {
    const text = html.slice(html.indexOf(part))
    expect(text).toMatch(/<b>Known<\/b> until <span class="whole">2026-12-31<\/span>: The controller is patched here/)
  }
})

test('a page without known failures says nothing of a gate', async () => {
  const directory = await exampleRun()
  onTestFinished(() => rm(directory, { recursive: true }))
  const html = await pageHtml(await buildReport(directory), directory)
  expect(html).not.toMatch(/Gate:|nown failures/)
})
