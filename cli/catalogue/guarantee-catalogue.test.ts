import { describe, expect, test } from 'vitest'
import { selectGuarantees } from './guarantee-catalogue.ts'
import { guaranteeLiterals } from './guarantee-literals.ts'
import type { CoveredEntry } from '../../reports/model/ledger.ts'
import { guaranteesPage } from './guarantees-page.ts'

const suite = `
import { conformance, expect } from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/ordered-startup',
    statement: 'Pods of a StatefulSet are created one at a time, ' + 'in ordinal order.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset', section: 'deployment-and-scaling-guarantees' },
    requires: ['DynamicProvisioning'],
    mutants: ['parallel-pod-management'],
    proves: { 'statefulset.ordered-startup': {} },
  },
  async ({ namespace }: { namespace: string }) => {
    expect(namespace).toBe('x')
  },
)
`

const guarantees = guaranteeLiterals('suites/statefulset/ordered-scaling.suite.ts', suite)
const catalogue = [{ name: 'statefulset/ordered-scaling', guarantees, labels: [] }]

describe('guaranteeLiterals', () => {
  test('reads a guarantee from the text of its suite', () => {
    expect(guarantees).toEqual([
      {
        id: 'statefulset/ordered-startup',
        statement: 'Pods of a StatefulSet are created one at a time, in ordinal order.',
        level: 'MUST',
        source: { page: 'concepts/workloads/controllers/statefulset', section: 'deployment-and-scaling-guarantees' },
        requires: ['DynamicProvisioning'],
        mutants: ['parallel-pod-management'],
        proves: { 'statefulset.ordered-startup': {} },
      },
    ])
  })

  test('refuses a guarantee that is built, not written', () => {
    const built = suite.replace(`'statefulset/ordered-startup'`, 'makeId()')
    expect(() => guaranteeLiterals('suites/a/b.suite.ts', built)).toThrow('Suite suites/a/b.suite.ts line 4 has a guarantee whose id')
  })

  test('refuses a guarantee without a mutant', () => {
    const unbreakable = suite.replace(`['parallel-pod-management']`, '[]')
    expect(() => guaranteeLiterals('suites/a/b.suite.ts', unbreakable)).toThrow('mutants must name at least one mutant')
  })

  test('refuses a mutant that is not in the catalogue', () => {
    const misspelt = suite.replace(`['parallel-pod-management']`, `['paralel-pod-management']`)
    expect(() => guaranteeLiterals('suites/a/b.suite.ts', misspelt)).toThrow(
      'mutants.0 names paralel-pod-management, which is not a mutant. Did you mean parallel-pod-management?',
    )
  })

  test('names the suite that is not TypeScript', () => {
    expect(() => guaranteeLiterals('suites/a/b.suite.ts', 'conformance(')).toThrow(
      'Suite suites/a/b.suite.ts line 1 is not valid TypeScript: Expected',
    )
  })
})

describe('selectGuarantees', () => {
  test.each(['statefulset', 'statefulset/ordered-scaling', 'statefulset/ordered-startup', 'suites/statefulset/ordered-scaling.suite.ts'])(
    '%s names it',
    (name) => {
      expect(selectGuarantees(catalogue, [name])).toEqual(guarantees)
    },
  )

  test('an unknown name brings the nearest', () => {
    expect(() => selectGuarantees(catalogue, ['statefulset/ordred-startup'])).toThrow(
      'There is no suite or guarantee statefulset/ordred-startup. Did you mean statefulset/ordered-startup?',
    )
  })
})

test('the page names statement, source, needs, mutants, and what the ledger says', () => {
  const entry: CoveredEntry = {
    id: 'statefulset.ordered-startup',
    area: 'StatefulSets',
    level: 'MUST',
    statement: 'Pods start in any order.',
    verdict: 'refuted',
    instead: 'One after the other.',
    reality: 'One after the other.',
    clauses: [{ key: 'order', states: 'One after the other.', judgedBy: { 'statefulset/ordered-startup': ['order'] } }],
    guarantees: ['statefulset/ordered-startup'],
  }
  const page = guaranteesPage(catalogue, [entry])
  expect(page).toContain('Guarantees: 1, documented statements: 1.')
  expect(page).toContain('| StatefulSets | 1 | 1 | 0 | 0 | 1 | 1 |')
  expect(page).toContain('refuted: Pods start in any order. Correct: One after the other. *Checked by statefulset/ordered-startup.*')
  expect(page).toContain('  - `order`: One after the other. *Judged by statefulset/ordered-startup (`order`).*')
  expect(page).toContain('**MUST** Pods of a StatefulSet are created one at a time, in ordinal order.')
  expect(page).toContain('<https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees>')
  expect(page).toContain('- Broken by: `parallel-pod-management`')
})
