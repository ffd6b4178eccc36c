import { expect, test } from 'vitest'
import { durationRule } from '../compare/duration-rule.ts'
import { exampleSiteRun } from '../testing/example-site-run.ts'
import type { SiteRun } from './site-run.ts'
import { verdictChanges } from './verdict-changes.ts'
import { verdictTable } from './verdict-table.ts'

const before = exampleSiteRun({ 'a/breaks': 'Passed', 'a/gone': 'Passed', 'a/mended': 'Failed', 'a/same': 'Passed', 'a/slow': 'Passed' })
const after = exampleSiteRun({
  'a/breaks': 'Failed',
  'a/mended': 'Passed',
  'a/new': 'NotSupported',
  'a/same': 'Passed',
  'a/slow': 'Passed',
})

function withSeconds(run: SiteRun, id: string, seconds: number): SiteRun {
  return { ...run, guarantees: run.guarantees.map((one) => (one.id === id ? { ...one, seconds } : one)) }
}

test('what came out otherwise is told with both causes, what Passed before first, and what only one run has is named', () => {
  expect(verdictChanges(verdictTable([before, after]), [0, 1], durationRule)).toEqual({
    summary: 'Guarantees in both runs: 4, 2 with another verdict.',
    verdicts: [
      { id: 'a/breaks', before: { verdict: 'Passed', text: '4.5 s' }, after: { verdict: 'Failed', text: 'Why a/breaks is Failed. 4.5 s' } },
      { id: 'a/mended', before: { verdict: 'Failed', text: 'Why a/mended is Failed. 4.5 s' }, after: { verdict: 'Passed', text: '4.5 s' } },
    ],
    durations: { rule: expect.stringMatching(/^With fewer than 3 runs on a side/) as string, changes: [] },
    onlyBefore: ['a/gone'],
    onlyAfter: ['a/new'],
  })
})

test('a run is like itself', () => {
  const changes = verdictChanges(verdictTable([before]), [0, 0], durationRule)
  expect(changes.summary).toBe('Guarantees in both runs: 5, all with the same verdict.')
  expect([...changes.verdicts, ...changes.durations.changes, ...changes.onlyBefore, ...changes.onlyAfter]).toEqual([])
})

test.each([
  [24.4, []],
  [24.5, [{ id: 'a/slow', before: '4.5 s', after: '24.5 s' }]],
])('a duration of %d s after 4.5 s is told by the rule that compares two runs', (seconds, changes) => {
  const found = verdictChanges(verdictTable([before, withSeconds(after, 'a/slow', seconds)]), [0, 1], durationRule).durations
  expect(found.changes).toEqual(changes)
  expect(found.rule).toMatch(/differ by a factor of 4 and by 20 s\. Fewer than 4 guarantees do not show how slow/)
})

test('what did not pass in both runs has no duration to compare', () => {
  const runs = [withSeconds(before, 'a/mended', 4.5), withSeconds(after, 'a/mended', 400)]
  expect(verdictChanges(verdictTable(runs), [0, 1], durationRule).durations.changes).toEqual([])
})

test('its text is a program of its own', () => {
  const table = verdictTable([before, after])
  // oxlint-disable-next-line typescript/no-implied-eval -- this is what the page does with it
  const alone: unknown = new Function('table', `return (${verdictChanges.toString()})(table, [0, 1], (${durationRule.toString()}))`)(table)
  expect(alone).toEqual(verdictChanges(table, [0, 1], durationRule))
})
