import { expect, test } from 'vitest'
import { exampleSide } from '../testing/example-side.ts'
import { compare } from './compare.ts'
import { written } from './comparison-output.ts'

const reason = 'Pod web-1 | was <created> before `web-0`;\nsee @team and #12.'

const comparison = await compare({
  before: exampleSide(
    { guarantees: { 'a/broken': 'Passed', 'a/lost': 'Passed', 'a/new': { verdict: 'NotSupported', reason: 'Cluster x lacks B.' } } },
    { guarantees: { 'a/broken': 'Passed', 'a/lost': 'Passed', 'a/new': { verdict: 'NotSupported', reason: 'Cluster x lacks B.' } } },
  ),
  after: exampleSide({
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
    'After   Kubernetes v1.37.2, csi-hostpath.holdfast.dev, profile standard: 20261121-100000-ab12',
    '',
    'Worse: 2 guarantees. 3 guarantees compared: 0 with the same verdict, 2 worse, 1 better, 1 only after.',
    '',
    'Worse (1)',
    '  a/broken  MUST',
    '    before  Passed',
    '    after   Failed: Pod web-1 | was <created> before `web-0`;',
    '    The history of 20261121-100000-ab12 is not here: it is kept by digest, or by the whole run.',
    '',
    'No longer supported (1)',
    '  a/lost  MUST',
    '    before  Passed',
    '    after   NotSupported: Cluster x lacks Cloning.',
    '    missing after: Cloning',
    '    It did not run in 20261121-100000-ab12, so there is one history only.',
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
