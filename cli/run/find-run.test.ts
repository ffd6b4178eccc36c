import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { findRun } from './find-run.ts'

function rootWith(...ids: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const id of ids) {
    mkdirSync(join(root, 'reports', 'out', id), { recursive: true })
    for (const name of ['run.json', 'cluster.json']) writeFileSync(join(root, 'reports', 'out', id, name), '{}')
  }
  return root
}

test('the latest run is the last that got a cluster: what else lies beside runs does not count', () => {
  const root = rootWith('20261121-100000-ab12', '20261122-100000-0001')
  mkdirSync(join(root, 'reports', 'out', 'zz-no-run'))
  mkdirSync(join(root, 'reports', 'out', '20261123-100000-0002'))
  writeFileSync(join(root, 'reports', 'out', '20261123-100000-0002', 'run.json'), '{}')
  expect(findRun('latest', root)).toBe(join(root, 'reports', 'out', '20261122-100000-0001'))
})

test('a run that there is not is refused with the fix, and the nearest name', () => {
  const root = rootWith('20261121-100000-ab12')
  expect(() => findRun('20261121-100000-ab13', root)).toThrow('There is no run 20261121-100000-ab13.')
  expect(() => findRun('latest', rootWith())).toThrow('There is no run latest.')
})
