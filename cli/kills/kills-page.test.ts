import { expect, test } from 'vitest'
import type { DeclaredPair } from './declared-pairs.ts'
import type { KillRecord } from './kill-record.ts'
import { killSummary, summaryJson, summaryLines } from './kill-summary.ts'
import { killsPage } from './kills-page.ts'

const pair = (guarantee: string, mutant: string): DeclaredPair => ({ guarantee, mutant, carrier: 'CSI driver' })
const pairs: readonly DeclaredPair[] = [
  pair('pvcs/bound', 'restore-empty'),
  pair('pvcs/bound', 'fsync-lies'),
  pair('pvcs/pending', 'restore-empty'),
  { guarantee: 'dns/names', mutant: 'order-ignored', component: 'kubelet', carrier: 'kubelet', equivalent: 'Nobody sees it.' },
  pair('dns/names', 'fsync-lies'),
]
const common = { kubernetes: 'v1.37.2', day: '2026-11-29', run: '20261129-055615-e9c1' } as const
const killed = (guarantee: string, mutant: string, seconds: number): KillRecord => ({
  ...{ guarantee, mutant, ...common, seconds },
  ...{ outcome: 'killed', judgement: 'toUphold trees-equal' },
})
const records: readonly KillRecord[] = [
  { ...killed('pvcs/bound', 'restore-empty', 9), kubernetes: 'v1.36.3', run: '20261101-000000-aaaa' },
  killed('pvcs/bound', 'restore-empty', 4.5),
  {
    ...killed('pvcs/bound', 'fsync-lies', 61.25),
    firstSurvived: { day: '2026-11-01', why: 'Only a count.', mended: 'Each file is compared | byte by byte.' },
  },
  {
    guarantee: 'pvcs/pending',
    mutant: 'restore-empty',
    ...common,
    outcome: 'alive',
    verdict: 'Inconclusive',
    why: 'A gap <after>\n a\\|b.',
  },
  {
    ...{ guarantee: 'dns/names', mutant: 'order-ignored', component: 'kubelet', ...common },
    ...{ outcome: 'equivalent', verdict: 'Passed', why: 'Nobody sees it.' },
  },
]

test('a pair counts once, by its newest result, and what was never run is counted', () => {
  const summary = killSummary(records, pairs)
  expect(summary).toMatchObject({ pairs: 5, killed: 2, alive: 1, equivalent: 1, neverRun: 1, median: 61.25, longest: 61.25 })
  expect(summary.byCarrier.map(({ carrier, pairs: count, killed: kills }) => [carrier, count, kills])).toEqual([
    ['CSI driver', 4, 2],
    ['kubelet', 1, 0],
  ])
  expect(summary.neverSeenToFail).toEqual(['pvcs/pending', 'dns/names'])
})

test('a guarantee that was seen to fail once counts as seen, whatever came later', () => {
  const later: KillRecord = { ...killed('pvcs/bound', 'restore-empty', 1), kubernetes: 'v1.36.3' }
  const now: KillRecord = {
    ...later,
    ...{ outcome: 'alive', verdict: 'Passed', why: 'x', run: '2027' },
    kubernetes: 'v1.37.2',
  }
  const summary = killSummary([later, now], pairs)
  expect(summary).toMatchObject({ killed: 0, alive: 1 })
  expect(summary.neverSeenToFail).not.toContain('pvcs/bound')
})

test('the terminal and JSON say what is alive, what was never run and what was never seen to fail', () => {
  const summary = killSummary(records, pairs)
  const lines = summaryLines(summary).join('\n')
  expect(lines).toMatch(/all +5 +2 +1 +1 +1 +61\.3 s +61\.3 s/)
  expect(lines).toContain('restore-empty under pvcs/pending: Inconclusive, A gap')
  expect(lines).toContain('Never seen to fail, 2:\n  pvcs/pending\n  dns/names')
  expect(summaryJson(summary)).toMatchObject({
    killed: 2,
    aliveRecords: [{ guarantee: 'pvcs/pending' }],
    neverRunPairs: [{ guarantee: 'dns/names', mutant: 'fsync-lies' }],
  })
})

test('where every guarantee was seen to fail, it is said', () => {
  const [first] = pairs
  if (first === undefined) throw new Error('There are no pairs.')
  expect(summaryLines(killSummary(records, [first]))).toContain('Every guarantee was seen to fail.')
})

test('the page has every pair on every minor, survivors with their reasons, and what was sharpened', () => {
  const page = killsPage(records, pairs)
  expect(page).toContain('Pairs of guarantee and mutant: 5. Killed: 2, alive: 1, equivalent: 1, never run: 1.')
  expect(page).toContain('at most 61.3 s: `pvcs/bound` under `fsync-lies`.')
  expect(page).toContain('| `pvcs/bound` | `restore-empty` | killed | toUphold trees-equal | 4.5 s | 2026-11-29 | v1.37.2 |')
  expect(page.indexOf('| 9.0 s | 2026-11-29 | v1.36.3 |')).toBeLessThan(page.indexOf('| 4.5 s |'))
  expect(page).toContain('| `dns/names` | `fsync-lies` | never run |  |  |  |  |')
  expect(page).toContain('| Inconclusive | 2026-11-29 | v1.37.2 | A gap \\<after\\> a\\\\\\|b. |')
  expect(page).toMatch(/## Equivalent\n[^#]*`order-ignored` in kubelet[^#]*Nobody sees it\./)
  expect(page).toMatch(
    /## Once survived\n[^#]*`fsync-lies` \| 2026-11-01 \| Only a count\. \| Each file is compared \\\| byte by byte\. \| killed/,
  )
  expect(page).toMatch(/## Never seen to fail\n\n- `pvcs\/pending`\n- `dns\/names`\n/)
})

test('a page without records has every pair as never run, and no empty table', () => {
  const page = killsPage([], pairs)
  expect(page.match(/\| never run \|  \|/g)).toHaveLength(5)
  expect(page).not.toMatch(/## (?:Alive|Equivalent|Once survived)|A kill takes/)
})
