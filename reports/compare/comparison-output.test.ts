import { expect, test } from 'vitest'
import { exampleSide } from '../testing/example-side.ts'
import { knownFailuresText } from '../testing/example-known-failures.ts'
import { compare } from './compare.ts'
import { comparisonSchema } from './comparison.ts'
import { written } from './comparison-output.ts'

const reason = 'Pod web-1 | was <created> before `web-0`;\nsee @team and #12.'

const comparison = await compare({
  before: exampleSide(
    {
      id: '20261121-100000-ab12',
      guarantees: { 'a/broken': 'Passed', 'a/lost': 'Passed', 'a/new': { verdict: 'NotSupported', reason: 'Cluster x lacks B.' } },
    },
    {
      id: '20261121-100001-ab12',
      guarantees: { 'a/broken': 'Passed', 'a/lost': 'Passed', 'a/new': { verdict: 'NotSupported', reason: 'Cluster x lacks B.' } },
    },
  ),
  after: exampleSide({
    id: '20261122-100000-ab12',
    guarantees: {
      'a/broken': { verdict: 'Failed', reason },
      'a/lost': { verdict: 'NotSupported', reason: 'Cluster x lacks Cloning.' },
      'a/new': 'Passed',
      'a/added': 'Passed',
    },
    cluster: { versions: { kubernetes: 'v1.37.2' } },
  }),
  gateDurations: false,
})

test('as text', () => {
  expect(written(comparison, 'text').split('\n')).toEqual([
    'Before  Kubernetes v1.36.3, csi-hostpath.holdfast.dev, profile standard: 20261121-100000-ab12, 20261121-100001-ab12',
    'After   Kubernetes v1.37.2, csi-hostpath.holdfast.dev, profile standard: 20261122-100000-ab12',
    '',
    'Worse: 2 guarantees. 3 guarantees compared: 0 with the same verdict, 2 worse, 1 better, 1 only after.',
    '',
    'Worse (1)',
    '  a/broken  MUST',
    '    before  Passed',
    '    after   Failed: Pod web-1 | was <created> before `web-0`;',
    '    The history of 20261121-100000-ab12 and of 20261122-100000-ab12 is not here: it is kept by digest, or by the whole run.',
    '',
    'No longer supported (1)',
    '  a/lost  MUST',
    '    before  Passed',
    '    after   NotSupported: Cluster x lacks Cloning.',
    '    missing after: Cloning',
    '    It did not run in 20261122-100000-ab12, so there is one history only.',
    '',
    'Newly supported (1)',
    '  a/new  MUST',
    '    before  NotSupported: Cluster x lacks B.',
    '    after   Passed',
    '    It did not run in 20261121-100000-ab12, so there is one history only.',
    '',
    'Only after (1)',
    '  no such guarantee there: a/added',
    '',
    'Durations (0)',
    '  No guarantee Passed in all runs of both sides.',
    expect.stringMatching(/^ {2}With fewer than 3 runs on a side/),
    '',
    'What differs in the platform (1)',
    '  version        kubernetes: v1.36.3 → v1.37.2',
    '',
  ])
})

test('as Markdown, what was read does not format, mention, or end a cell', () => {
  const text = written(comparison, 'markdown')
  expect(text).toMatch(/^### Holdfast: Worse: 2 guarantees\.\n/)
  expect(text).toContain('| Worse | `a/broken` | Passed | Failed |')
  expect(text).toContain('- after: Failed: Pod web-1 \\| was &lt;created&gt; before \\`web-0\\`;')
  expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length)
  const rows = text.split('\n').filter((line) => line.startsWith('| Worse') || line.startsWith('| No longer'))
  expect(rows.map((row) => row.replaceAll('\\|', '').split('|').length)).toEqual([6, 6])
})

test('as JSON it is the comparison', () => {
  expect(JSON.parse(written(comparison, 'json'))).toEqual(comparison)
})

test('as a page it escapes what was read, and loads nothing', () => {
  const page = written(comparison, 'html')
  expect(page).toContain('Pod web-1 | was &lt;created&gt; before')
  expect(page).not.toMatch(/<script|<link|<img|src=|https?:/)
})

const acceptance = { why: 'A <patch> & more.', link: 'https://example.com/1', owner: 'storage', expires: '2026-12-31' }
const entries = [
  { guarantee: 'a/broken', verdict: 'Failed' as const, ...acceptance, line: 2 },
  { guarantee: 'a/new', verdict: 'Failed' as const, ...acceptance, line: 9 },
]
const knownFailures = { text: knownFailuresText([]), entries }
const sides = {
  before: exampleSide({ guarantees: { 'a/broken': 'Passed', 'a/new': 'Passed' } }),
  after: exampleSide({ id: '20261122-100000-ab12', guarantees: { 'a/broken': { verdict: 'Failed', reason }, 'a/new': 'Passed' } }),
}
const gated = await compare({ ...sides, gateDurations: false, knownFailures })
const until = 'known until 2026-12-31 (storage, https://example.com/1): A <patch> & more.'

test('what is known is told with its entry, and each entry with what became of it, as text', () => {
  const lines = written(gated, 'text').split('\n')
  expect(lines).toContain(
    'Nothing is worse but what is known: 1 guarantee. Known failures that are no longer true: 1. 2 guarantees compared: 1 with the same verdict, 1 worse.',
  )
  expect(lines.slice(lines.indexOf('Worse and known (1)'), lines.indexOf('Durations (0)') - 1)).toEqual([
    ...['Worse and known (1)', '  a/broken  MUST', '    before  Passed', expect.stringContaining('    after   Failed'), `    ${until}`],
    expect.stringContaining('    The history of'),
    '',
    'Known failures (2), and the gate breaks',
    '  passes again: line 9: a/new Passed, and is listed as Failed. Remove the entry. (storage, https://example.com/1)',
    '  known: line 2: a/broken is Failed, which is known until 2026-12-31. (storage, https://example.com/1)',
  ])
})

test('as Markdown, what breaks the gate is not folded', () => {
  const text = written(gated, 'markdown')
  expect(text.slice(0, text.indexOf('<details>'))).toContain(
    '- passes again: line 9: a/new Passed, and is listed as Failed. Remove the entry.',
  )
  expect(text).toContain('| Worse and known | `a/broken` | Passed | Failed |')
  expect(text).toContain(`- ${until.replace('<patch> &', '&lt;patch&gt; &amp;')}`)
  expect(text).toContain('<summary>Known failures (2), and the gate breaks</summary>')
})

test('as JSON it holds what its schema says, and as a page what was read is escaped', () => {
  expect(comparisonSchema.parse(JSON.parse(written(gated, 'json')))).toEqual(gated)
  const page = written(gated, 'html')
  expect(page).toContain('<section class="part" id="known-failures">')
  expect(page).toContain(`<dt>known</dt><dd>${until.replace('known ', '').replace('<patch> &', '&lt;patch&gt; &amp;')}</dd>`)
  expect(page).toContain('<span class="badge Failed">passes again</span>')
  expect(page).not.toMatch(/<patch>|<script|<link|<img|src=/)
})

test('of several runs after, an entry names the run that says it', async () => {
  const [run] = sides.after.runs
  const several = await compare({ ...sides, after: { runs: [run, run], leftOut: [] }, gateDurations: false, knownFailures })
  expect(written(several, 'text')).toContain('  known: line 2: In 20261122-100000-ab12: a/broken is Failed')
})
