import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { findSide } from './find-side.ts'

const id = '20261121-100000-ab12'

function root(): string {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  mkdirSync(join(directory, 'reports', 'out', id), { recursive: true })
  for (const name of ['run.json', 'cluster.json', 'report.json']) writeFileSync(join(directory, 'reports', 'out', id, name), '{}')
  mkdirSync(join(directory, 'empty'))
  return directory
}

test('a side is a run by its id, "latest", a directory, a report, or a directory of runs', () => {
  const directory = root()
  const run = join(directory, 'reports', 'out', id)
  expect([id, 'latest', run, join(run, 'report.json'), join(directory, 'reports', 'out')].map((name) => findSide(name, directory))).toEqual(
    [run, run, run, join(run, 'report.json'), join(directory, 'reports', 'out')],
  )
})

test('a directory without a report is no side', () => {
  const directory = root()
  expect(() => findSide(join(directory, 'empty'), directory)).toThrow('holds no report.')
  expect(() => findSide('20261121-100000-ab13', directory)).toThrow('There is no run 20261121-100000-ab13.')
})
