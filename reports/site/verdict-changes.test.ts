import { expect, test } from 'vitest'
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
  expect(verdictChanges(verdictTable([before, after]), [0, 1])).toEqual({
    summary: 'Guarantees in both runs: 4, 2 with another verdict.',
    verdicts: [
      { id: 'a/breaks', before: { verdict: 'Passed', text: '4.5 s' }, after: { verdict: 'Failed', text: 'Why a/breaks is Failed. 4.5 s' } },
      { id: 'a/mended', before: { verdict: 'Failed', text: 'Why a/mended is Failed. 4.5 s' }, after: { verdict: 'Passed', text: '4.5 s' } },
    ],
    times: [],
    onlyBefore: ['a/gone'],
    onlyAfter: ['a/new'],
  })
})

test('a run is like itself', () => {
  const changes = verdictChanges(verdictTable([before]), [0, 0])
  expect(changes.summary).toBe('Guarantees in both runs: 5, all with the same verdict.')
  expect([...changes.verdicts, ...changes.times, ...changes.onlyBefore, ...changes.onlyAfter]).toEqual([])
})

test.each([
  [9.4, []],
  [9.5, [{ id: 'a/slow', before: '4.5 s', after: '9.5 s' }]],
])('a duration of %d s after 4.5 s is told if it is twice as long and 5 s more', (seconds, times) => {
  expect(verdictChanges(verdictTable([before, withSeconds(after, 'a/slow', seconds)]), [0, 1]).times).toEqual(times)
})

test('a duration that is 5 s longer and less than twice as long is not told', () => {
  const runs = [withSeconds(before, 'a/slow', 20), withSeconds(after, 'a/slow', 30)]
  expect(verdictChanges(verdictTable(runs), [0, 1]).times).toEqual([])
})

test('its text is a program of its own', () => {
  const table = verdictTable([before, after])
  // oxlint-disable-next-line typescript/no-implied-eval -- this is what the page does with it
  const alone: unknown = new Function('table', `return (${verdictChanges.toString()})(table, [0, 1])`)(table)
  expect(alone).toEqual(verdictChanges(table, [0, 1]))
})
