import { describe, expect, test } from 'vitest'
import { selectGuarantees } from './guarantee-catalogue.ts'
import { guaranteeLiterals } from './guarantee-literals.ts'
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
  },
  async ({ namespace }: { namespace: string }) => {
    expect(namespace).toBe('x')
  },
)
`

const guarantees = guaranteeLiterals('suites/statefulset/ordered-scaling.suite.ts', suite)
const catalogue = [{ name: 'statefulset/ordered-scaling', guarantees }]

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
      },
    ])
  })

  test('refuses a guarantee that is built, not written', () => {
    const built = suite.replace(`'statefulset/ordered-startup'`, 'makeId()')
    expect(() => guaranteeLiterals('suites/a/b.suite.ts', built)).toThrow('Suite suites/a/b.suite.ts has a guarantee whose id')
  })

  test('refuses a guarantee without a mutant', () => {
    const unbreakable = suite.replace(`['parallel-pod-management']`, '[]')
    expect(() => guaranteeLiterals('suites/a/b.suite.ts', unbreakable)).toThrow('mutants must name at least one mutant')
  })

  test('names the suite that is not TypeScript', () => {
    expect(() => guaranteeLiterals('suites/a/b.suite.ts', 'conformance(')).toThrow('Suite suites/a/b.suite.ts is not valid TypeScript')
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
      'No suite or guarantee is called statefulset/ordred-startup. Did you mean statefulset/ordered-startup?',
    )
  })
})

test('the page names statement, source, needs and mutants', () => {
  const page = guaranteesPage(catalogue)
  expect(page).toContain('Guarantees: 1.')
  expect(page).toContain('**MUST** Pods of a StatefulSet are created one at a time, in ordinal order.')
  expect(page).toContain('<https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees>')
  expect(page).toContain('- Broken by: `parallel-pod-management`')
})
