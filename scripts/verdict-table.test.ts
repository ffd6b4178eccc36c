import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../contract/owner.ts'
import { deviationsOf, readVerdicts, type RunVerdicts } from './verdict-table.ts'

function run(name: string, verdicts: Readonly<Record<string, string>>): RunVerdicts {
  return { run: name, verdicts: new Map(Object.entries(verdicts).map(([id, verdict]) => [id, { verdict, reason: 'because' }])) }
}

test('runs that passed alike deviate nowhere', () => {
  expect(deviationsOf([run('idle 1', { a: 'Passed', b: 'NotSupported' }), run('busy 1', { a: 'Passed', b: 'NotSupported' })])).toEqual([])
})

test('a verdict that changed between runs is named with its run and reason', () => {
  expect(deviationsOf([run('idle 1', { a: 'Passed' }), run('busy 1', { a: 'Inconclusive' })])).toEqual([
    { id: 'a', lines: ['busy 1: Inconclusive because'] },
  ])
})

test('runs that failed alike deviate too, and so does a guarantee that is missing', () => {
  const deviations = deviationsOf([run('idle 1', { a: 'Failed', b: 'Passed' }), run('idle 2', { a: 'Failed' })])
  expect(deviations.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(deviations[1]?.lines).toEqual(['idle 2: missing '])
})

test('verdicts are read from the report of a run', () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const guarantees = [{ id: 'a/b', verdict: 'Failed', reasons: [{ summary: 'One Pod too many.\nmore' }] }]
  writeFileSync(join(directory, 'report.json'), JSON.stringify({ guarantees }))
  expect(readVerdicts('idle 1', directory).verdicts.get('a/b')).toEqual({ verdict: 'Failed', reason: 'One Pod too many.' })
})
