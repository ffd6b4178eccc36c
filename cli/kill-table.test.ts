import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { killRow, killTable } from './kill-table.ts'

let directory: string
let evidence: string
const place = { mutant: 'restore-empty', guarantee: 'volume-snapshots/restore' }

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), `holdfast-unit-${process.pid}-`))
  evidence = join(directory, 'evidence', place.guarantee)
  mkdirSync(join(evidence, 'objects'), { recursive: true })
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

function verdict(name: string): void {
  writeFileSync(
    join(evidence, 'verdict.json'),
    JSON.stringify({ verdict: name, reasons: [{ summary: 'PVC a/b holds 0 of 12 files.\n  expected 12' }] }),
  )
}

function faultyCall(fault: string): void {
  const calls = [{ method: '/csi.v1.Controller/CreateVolume' }, { method: '/csi.v1.Controller/CreateVolume', fault }]
  writeFileSync(join(evidence, 'driver-calls.jsonl'), calls.map((call) => `${JSON.stringify(call)}\n`).join(''))
}

test('a mutant is killed when the verdict is Failed and the fault was in force', () => {
  verdict('Failed')
  faultyCall('restore-empty')
  expect(killRow({ ...place, directory })).toMatchObject({ killed: true, reason: 'PVC a/b holds 0 of 12 files.' })
})

test.each(['Passed', 'Inconclusive', 'NotSupported'])('%s does not count as killed', (name) => {
  verdict(name)
  faultyCall('restore-empty')
  expect(killRow({ ...place, directory }).killed).toBe(false)
})

test('Failed does not count when the mutant left no trace, or another one did', () => {
  verdict('Failed')
  expect(killRow({ ...place, directory }).killed).toBe(false)
  faultyCall('expansion-books-only')
  const row = killRow({ ...place, directory })
  expect(row.killed).toBe(false)
  expect(killTable([row]).join('\n')).toContain('the mutant left no trace of being in force')
})

test('an object that the admission policy annotated shows the mutant in force', () => {
  verdict('Failed')
  const object = { metadata: { name: 'web', annotations: { 'holdfast.dev/mutated-by': 'parallel-pod-management' } } }
  writeFileSync(join(evidence, 'history.jsonl'), `${JSON.stringify({ seq: 3, type: 'observation', kind: 'StatefulSet', object })}\n`)
  expect(killRow({ ...place, mutant: 'parallel-pod-management', directory })).toMatchObject({ killed: true })
})

test('no verdict at all does not count as killed', () => {
  expect(killRow({ ...place, directory })).toMatchObject({ killed: false, reason: 'No verdict was written.' })
})
