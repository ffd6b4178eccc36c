import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { KillRow, Sensitivity } from './kill-table.ts'
import { addRows } from './sensitivity-file.ts'

let run: string

beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterEach(() => {
  rmSync(run, { recursive: true })
})

const row: KillRow = { ...{ mutant: 'm', guarantee: 'a/b', verdict: 'Failed', reason: '', effect: '', killedBy: '' }, killed: true }

test('rows join those of earlier controls, and take the place of their own', () => {
  addRows(run, [row, { ...row, guarantee: 'a/c' }])
  addRows(run, [{ ...row, mutant: 'other', component: 'kubelet' }])
  addRows(run, [{ ...row, killed: false }])
  const { rows } = JSON.parse(readFileSync(join(run, 'sensitivity.json'), 'utf8')) as Sensitivity
  expect(rows.map(({ mutant, guarantee, killed }) => [mutant, guarantee, killed])).toEqual([
    ['m', 'a/c', true],
    ['other', 'a/b', true],
    ['m', 'a/b', false],
  ])
})
