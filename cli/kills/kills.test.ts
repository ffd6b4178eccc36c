import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ComponentMutant } from '../../clusters/index.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import type { SensitivityRow } from '../../reports/model/sensitivity.ts'
import { declaredPairs } from './declared-pairs.ts'
import { type KillRecord, killsText, readKills, storedKills } from './kill-record.ts'
import { killsOfRun } from './kills-of-run.ts'
import { killFaults, mergeKills, reconcile } from './merge-kills.ts'
import { seenBefore } from './seen-before.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  mkdirSync(join(root, 'suites'))
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

const guarantee = (id: string, mutants: Guarantee['mutants']) => ({ id, mutants }) as unknown as Guarantee
const component = { name: 'order-ignored', component: 'kubelet', killedBy: 'dns/names', equivalent: 'Nobody sees it.' } as ComponentMutant
const pairs = declaredPairs(
  [guarantee('pvcs/bound', ['restore-empty', 'parallel-pod-management']), guarantee('dns/names', [])],
  [component],
)

const killed: KillRecord = {
  ...{ guarantee: 'pvcs/bound', mutant: 'restore-empty', kubernetes: 'v1.37.2', day: '2026-11-29', seconds: 4.5 },
  ...{ outcome: 'killed', judgement: 'toUphold trees-equal', run: '20261129-055615-e9c1' },
}
const alive: KillRecord = {
  ...{ guarantee: 'pvcs/bound', mutant: 'restore-empty', kubernetes: 'v1.37.3', day: '2026-11-30' },
  ...{ outcome: 'alive', verdict: 'Passed', why: 'every judgement was upheld', run: '20261130-000000-aaaa' },
}
const equivalent: KillRecord = {
  ...{ guarantee: 'dns/names', mutant: 'order-ignored', component: 'kubelet', kubernetes: 'v1.36.3', day: '2026-11-29' },
  ...{ outcome: 'equivalent', verdict: 'Passed', why: 'Nobody sees it.', run: '20261129-055615-e9c1' },
}
const firstSurvived = { day: '2026-11-01', why: 'Only the count was looked at.', mended: 'Each file is compared.' }

function run(rows: readonly SensitivityRow[], kubernetes = 'v1.37.2'): string {
  const record = {
    schemaVersion: 1,
    id: '20261129-055615-e9c1',
    startedAt: '2026-11-29T05:56:15.082Z',
    command: '',
    commit: '',
    holdfast: '',
  }
  writeFileSync(join(root, 'run.json'), JSON.stringify(record))
  writeFileSync(join(root, 'cluster.json'), JSON.stringify({ versions: { kubernetes } }))
  writeFileSync(join(root, 'sensitivity.json'), JSON.stringify({ schemaVersion: 1, rows }))
  return root
}

const row: SensitivityRow = {
  ...{ mutant: 'restore-empty', guarantee: 'pvcs/bound', verdict: 'Failed', reason: '0 of 12 files.', effect: 'driver call' },
  ...{ killedBy: 'toUphold trees-equal', killed: true, seconds: 4.5 },
}

test('what a run has shown becomes records, of the day on which each control ended', () => {
  const late = { ...row, killed: false, verdict: 'Passed', endedAt: '2026-11-30T00:00:01.000Z' } as const
  expect(killsOfRun(run([row, late, { ...late, component: 'kubelet', equivalent: 'Nobody sees it.' }]))).toEqual([
    killed,
    expect.objectContaining({ outcome: 'alive', day: '2026-11-30', verdict: 'Passed', why: 'every judgement was upheld' }),
    expect.objectContaining({ outcome: 'equivalent', component: 'kubelet', why: 'Nobody sees it.' }),
  ])
})

test.each<[Partial<SensitivityRow>, string]>([
  [{ verdict: 'Failed', effect: '' }, 'the evidence does not show that the mutant took effect'],
  [{ verdict: 'Passed', effect: '' }, 'the evidence does not show that the mutant took effect'],
  [{ verdict: 'Failed' }, 'it only timed out: the judgement names nothing that was seen instead'],
  [{ verdict: 'Failed', killedBy: '' }, 'no judgement failed'],
  [{ verdict: 'Inconclusive', reason: 'A gap.', effect: '' }, 'A gap.'],
])('%j is alive, and the record says why', (some, why) => {
  expect(killsOfRun(run([{ ...row, killed: false, ...some }]))).toEqual([expect.objectContaining({ outcome: 'alive', why })])
})

test('a run without controls, and one of an unknown Kubernetes, are refused', () => {
  const directory = run([row], 'unknown')
  expect(() => killsOfRun(directory)).toThrow(/cluster\.json is not what a run writes: .*must be a version of Kubernetes/)
  rmSync(join(directory, 'sensitivity.json'))
  expect(() => killsOfRun(directory)).toThrow('it ran no controls')
})

test('of a pair and minor the latest result is kept, in whatever order runs are read', () => {
  expect(mergeKills([killed], [alive])).toEqual([alive])
  expect(mergeKills([alive], [killed])).toEqual([alive])
  const older = { ...killed, kubernetes: 'v1.36.3' }
  expect(mergeKills([older], [alive, equivalent])).toEqual([older, alive, equivalent])
})

test.each(['none', 'Inconclusive', 'NotSupported'] as const)('%s is no proof either way, and replaces none', (verdict) => {
  const broken: KillRecord = { ...alive, verdict }
  expect(mergeKills([killed], [broken])).toEqual([killed])
  expect(mergeKills([], [broken])).toEqual([broken])
})

test('a control that was cut short by an interruption counts as not run', () => {
  const reason = 'The run was interrupted before the guarantee was judged.'
  expect(killsOfRun(run([{ ...row, killed: false, verdict: 'Inconclusive', reason }, row]))).toEqual([killed])
  expect(killsOfRun(run([{ ...row, killed: false, verdict: 'none', reason: 'No verdict was written.' }, row]))).toEqual([killed])
})

test('what was written by hand stays with its pair and minor', () => {
  expect(mergeKills([{ ...alive, run: '1', firstSurvived }], [killed])).toEqual([{ ...killed, firstSurvived }])
  const other = { ...killed, kubernetes: 'v1.36.3' }
  expect(mergeKills([{ ...alive, firstSurvived }], [other])).toEqual([{ ...alive, firstSurvived }, other])
})

test('records follow what is declared: which mutants are equivalent, and which pairs there are', () => {
  const gone = { ...killed, mutant: 'gone' }
  const unseen: KillRecord = { ...equivalent, outcome: 'alive', why: 'every judgement was upheld' }
  expect(reconcile([killed, gone, unseen], pairs)).toEqual({ kept: [killed, equivalent], dropped: [gone] })
  const why = 'it came out Passed, and no longer counts as equivalent'
  const strict = pairs.map((pair) => ({ ...pair, equivalent: undefined }))
  expect(reconcile([equivalent], strict).kept).toEqual([{ ...equivalent, outcome: 'alive', why }])
})

test.each<[string, Partial<KillRecord>, string]>([
  ['an unknown guarantee', { guarantee: 'pvcs/lost' }, 'A record names guarantee pvcs/lost, which does not exist.'],
  ['an unknown mutant', { mutant: 'lost' }, 'A record of guarantee pvcs/bound names mutant lost, which does not exist.'],
  [
    'a pair that nobody declares',
    { mutant: 'order-ignored', component: 'kubelet' },
    'A record says that mutant order-ignored in kubelet must break pvcs/bound, which neither of them declares.',
  ],
])('%s is a fault', (_, some, fault) => {
  expect(killFaults([{ ...killed, ...some } as KillRecord], pairs)).toEqual([fault])
})

test('a second record of a minor, and a word that is not that of the mutant, are faults; records as they are written are not', () => {
  expect(killFaults([killed, alive, equivalent], pairs)).toEqual([
    'Guarantee pvcs/bound and mutant restore-empty have two records of the same minor of v1.37.3.',
  ])
  expect(killFaults([{ ...equivalent, outcome: 'alive' }], pairs)[0]).toMatch('recorded as alive, but counts as equivalent')
  expect(killFaults([{ ...equivalent, why: 'Else.' }], pairs)[0]).toMatch('for another reason')
  expect(killFaults([killed, equivalent], pairs)).toEqual([])
})

test('the file has a line for each record, in order, and is read as it was written', () => {
  const text = killsText([killed, { ...killed, kubernetes: 'v1.9.0' }, { ...equivalent, firstSurvived }])
  writeFileSync(join(root, storedKills), text)
  expect(text.split('\n').slice(1, -2)).toHaveLength(3)
  expect(readKills(root).map((one) => `${one.mutant} ${one.kubernetes}`)).toEqual([
    'order-ignored v1.36.3',
    'restore-empty v1.9.0',
    'restore-empty v1.37.2',
  ])
  expect(killsText(readKills(root))).toBe(text)
})

test('a checkout without the file has no records; one that does not hold them is refused', () => {
  expect(readKills(root)).toEqual([])
  writeFileSync(join(root, storedKills), '{')
  expect(() => readKills(root)).toThrow('cannot be read')
  writeFileSync(join(root, storedKills), JSON.stringify({ schemaVersion: 1, records: [{ ...killed, judgement: '' }] }))
  expect(() => readKills(root)).toThrow(/does not hold kills: records\.0\.judgement/)
  expect(readFileSync(join(root, storedKills), 'utf8')).toContain('restore-empty')
})

test('a run takes along the latest kill of each of its guarantees, of any mutant and minor', () => {
  const newer: KillRecord = {
    ...killed,
    mutant: 'parallel-pod-management',
    kubernetes: 'v1.34.4',
    day: '2026-12-01',
    run: '20261201-000000-bbbb',
  }
  expect(seenBefore([{ id: 'pvcs/bound' }, { id: 'dns/names' }], [newer, killed, alive, equivalent])).toEqual({
    'pvcs/bound': {
      ...{ mutant: 'parallel-pod-management', judgement: 'toUphold trees-equal', seconds: 4.5 },
      ...{ day: '2026-12-01', kubernetes: 'v1.34.4' },
    },
  })
})
