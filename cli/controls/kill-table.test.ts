import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { mutatedByAnnotation } from '../../contract/annotations.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { countKills, killRow, killTable } from './kill-table.ts'

let directory: string
let evidence: string
const place = { mutant: 'restore-empty', guarantee: 'volume-snapshots/restore' } as const

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
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
  if (name === 'Failed') judgements({ verb: 'toUphold', name: 'trees-equal', outcome: 'violated' })
}

function judgements(...records: readonly unknown[]): void {
  const upheld = { verb: 'until', name: 'pod-ready', outcome: 'upheld' }
  writeFileSync(join(evidence, 'judgements.jsonl'), [upheld, ...records].map((record) => `${JSON.stringify(record)}\n`).join(''))
}

function history(...entries: readonly unknown[]): void {
  writeFileSync(join(evidence, 'history.jsonl'), entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
}

function faultyCall(fault: string): void {
  const calls = [{ method: '/csi.v1.Controller/CreateVolume' }, { method: '/csi.v1.Controller/CreateVolume', fault }]
  writeFileSync(join(evidence, 'driver-calls.jsonl'), calls.map((call) => `${JSON.stringify(call)}\n`).join(''))
}

test('a mutant is killed when the verdict is Failed and the fault was in force', () => {
  verdict('Failed')
  faultyCall('restore-empty')
  expect(killRow({ ...place, directory })).toMatchObject({
    killed: true,
    killedBy: 'toUphold trees-equal',
    reason: 'PVC a/b holds 0 of 12 files.',
  })
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
  expect(killTable([row]).join('\n')).toContain('the evidence does not show that the mutant took effect')
})

test('an object that the admission policy annotated shows the mutant in force', () => {
  verdict('Failed')
  const object = { metadata: { name: 'web', annotations: { [mutatedByAnnotation]: 'parallel-pod-management' } } }
  history({ seq: 3, type: 'observation', kind: 'StatefulSet', object })
  expect(killRow({ ...place, mutant: 'parallel-pod-management', directory })).toMatchObject({ killed: true })
})

test('an injected fault shows the mutant in force once the act was done', () => {
  verdict('Failed')
  const there = { ...place, mutant: 'stored-object-deleted', directory } as const
  const act = { type: 'act', actId: '1', verb: 'inject', subject: { kind: 'Backup', name: 'taken' } }
  const requested = { ...act, seq: 3, phase: 'requested', request: { mutant: 'stored-object-deleted' } }
  history(requested)
  expect(killRow(there).killed).toBe(false)
  history(requested, { ...act, seq: 4, phase: 'accepted' })
  expect(killRow(there)).toMatchObject({ killed: true, effect: 'fault injected into Backup taken (entry 3)' })
  expect(killRow({ ...there, mutant: 'stored-byte-flipped' }).killed).toBe(false)
})

test('a Backup in the location that carries the mutant shows it in force', () => {
  verdict('Failed')
  const object = { metadata: { name: 'taken' }, spec: { storageLocation: 'wrong-credentials' } }
  history({ seq: 3, type: 'observation', kind: 'Backup', object })
  const there = { ...place, mutant: 'location-wrong-credentials', directory } as const
  expect(killRow(there).killed).toBe(false)
  const velero = { faultyLocations: { 'location-wrong-credentials': 'wrong-credentials' } }
  writeFileSync(join(directory, 'cluster.json'), JSON.stringify({ velero }))
  expect(killRow(there)).toMatchObject({ killed: true, effect: 'Backup taken in wrong-credentials (entry 3)' })
})

test('no verdict at all does not count as killed', () => {
  expect(killRow({ ...place, directory })).toMatchObject({ killed: false, reason: 'No verdict was written.' })
})

test('a call of the CSI driver of another cluster, kept in the history, shows the fault in force', () => {
  verdict('Failed')
  const value = [{ method: 'DeleteVolume', fault: 'delete-leaves-data' }]
  history({ seq: 3, type: 'measurement', what: 'driver-calls', label: 'in the end', value })
  const row = killRow({ ...place, mutant: 'delete-leaves-data', directory })
  expect(row).toMatchObject({ killed: true, effect: 'driver call DeleteVolume with fault delete-leaves-data' })
})

test('a time-out counts where it names what was there instead, and is shown as one', () => {
  verdict('Failed')
  faultyCall('restore-empty')
  const wait = { verb: 'toReach', name: 'pods-ready', outcome: 'violated', timedOut: true }
  judgements({ ...wait, reason: { summary: 'late', actual: 'web-0 Pending, not Ready' } })
  expect(killRow({ ...place, directory })).toMatchObject({ killed: true, killedBy: 'toReach pods-ready, out of time' })
  judgements({ ...wait, reason: { summary: 'late' } })
  const row = killRow({ ...place, directory })
  expect(row.killed).toBe(false)
  expect(killTable([row]).join('\n')).toContain('it only timed out: the judgement names nothing that was seen instead')
})

test('Failed without a judgement that failed does not count', () => {
  verdict('Failed')
  faultyCall('restore-empty')
  judgements()
  const row = killRow({ ...place, directory })
  expect(row.killed).toBe(false)
  expect(killTable([row]).join('\n')).toContain('no judgement failed')
})

test('a mutant of a component is killed while the component comes to its place, and not otherwise', () => {
  verdict('Failed')
  const there = { guarantee: place.guarantee, directory, mutant: 'order-ignored' }
  expect(killRow({ ...there, effect: 'it came there' })).toMatchObject({ killed: true, effect: 'it came there' })
  expect(killRow({ ...there, effect: '' })).toMatchObject({ killed: false })
})

test('the table says how long a verdict took, and why a mutant that is alive is none', () => {
  const times = { startedAt: '2026-01-01T00:00:00.000Z', endedAt: '2026-01-01T00:00:12.340Z' }
  writeFileSync(join(evidence, 'verdict.json'), JSON.stringify({ verdict: 'Passed', reasons: [], ...times }))
  const row = killRow({ guarantee: place.guarantee, directory, mutant: 'order-ignored', effect: 'it came there' })
  expect(row).toMatchObject({ killed: false, seconds: 12.3, endedAt: times.endedAt })
  expect(killTable([row])[1]).toMatch(/^ALIVE .* 12 s/)
  expect(killTable([{ ...row, equivalent: 'Another check does the same.' }])[1]).toMatch(/^equivalent .*Another check does the same\.$/)
})

test('a mutant that nobody noticed is a failed test with its reason, and one that nobody can notice has passed', () => {
  verdict('Passed')
  const alive = killRow({ ...place, directory })
  const counted = countKills([alive, { ...alive, equivalent: 'Nothing reads it.' }, { ...alive, killed: true }])
  expect(counted).toMatchObject({ passed: 2, failed: 1, skipped: 0 })
  expect(counted.failedTests).toEqual([{ name: 'restore-empty volume-snapshots/restore', message: expect.stringMatching(/^alive: .+/) }])
})
