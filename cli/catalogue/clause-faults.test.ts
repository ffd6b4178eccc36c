import { expect, test } from 'vitest'
import type { Guarantee, Proofs } from '../../harness/engine/guarantee.ts'
import type { CoveredEntry } from '../../reports/model/ledger.ts'
import { clauseFaults } from './clause-faults.ts'
import { judgementLabels } from './guarantee-literals.ts'

const clause = { key: 'order', states: 'They start in order.', judgedBy: { 'statefulset/startup': ['in-order'] } }
const entry: CoveredEntry = {
  id: 'statefulset.startup',
  area: 'StatefulSets',
  level: 'MUST',
  statement: 'They start in order.',
  verdict: 'holds',
  reality: 'They do.',
  guarantees: ['statefulset/startup'],
  clauses: [clause],
}
const faults = (entries: CoveredEntry, proves: Proofs, labels: readonly string[] = ['in-order']) => {
  const source = { page: 'concepts/', section: '' }
  const guarantee: Guarantee = {
    ...{ id: 'statefulset/startup', statement: 'It is so.', level: 'MUST', source, requires: [], mutants: [] },
    proves,
  }
  return clauseFaults([entries], { catalogue: [{ name: 'statefulset/startup', guarantees: [guarantee], labels }], shared: ['restored'] })
}

test('clauses that labelled judgements decide have no fault, wherever the judgement stands', () => {
  expect(faults(entry, { 'statefulset.startup': { order: 'in-order' } })).toEqual([])
  expect(faults(entry, { 'statefulset.startup': { order: ['in-order', 'restored'] } })).toEqual([])
})

test.each<[string, Proofs, string]>([
  [
    'no clause',
    { 'statefulset.startup': {} },
    'Guarantee statefulset/startup proves statefulset.startup, but decides none of its clauses: order.',
  ],
  [
    'a clause that there is not',
    { 'statefulset.startup': { ready: 'in-order' } },
    'Guarantee statefulset/startup decides clause ready of statefulset.startup, which has order.',
  ],
  [
    'a label that there is not',
    { 'statefulset.startup': { order: 'orderly' } },
    'Guarantee statefulset/startup proves statefulset.startup by judgement orderly, but none of its judgements has that label.',
  ],
])('%s is told', (_, proves, fault) => {
  expect(faults(entry, proves)).toEqual([fault])
})

test('a conditional entry says the branch of each clause, any other of none', () => {
  const proves = { 'statefulset.startup': { order: 'in-order' } } as const
  const conditional = { ...entry, verdict: 'conditional', when: 'asked for' } as const
  expect(faults(conditional, proves)).toEqual([
    'Clause order of statefulset.startup must say its branch: statefulset.startup is conditional.',
  ])
  const branched = [{ ...clause, branch: 'met' as const }]
  expect(faults({ ...conditional, clauses: branched }, proves)).toEqual([])
  expect(faults({ ...entry, clauses: branched }, proves)).toEqual([
    'Clause order of statefulset.startup has a branch, but statefulset.startup is not conditional.',
  ])
})

test('what nobody can decide is not judged', () => {
  const nobody = [{ ...clause, nobody: 'It would take a year.' }]
  expect(faults({ ...entry, clauses: nobody }, { 'statefulset.startup': { order: 'in-order' } })).toEqual([
    'Clause order of statefulset.startup is judged, yet says that nobody can.',
  ])
})

test('labels are what `as` gives the judgements of a suite', () => {
  const suite = `
    await expect(pods).toReach(podsReady({ replicas: 3 }), { within: limits.ready, as: 'all-ready' })
    await expect(history).toUphold(podsStartInOrdinalOrder({ replicas: 3 }), { as: 'in-order' })
    const has = { has: 'other' }`
  expect(judgementLabels('suites/a/b.suite.ts', suite)).toEqual(['all-ready', 'in-order'])
})
