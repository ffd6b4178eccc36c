import { expect, test } from 'vitest'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { sortSuites } from './sort-suites.ts'

function suite(name: Guarantee['id'], more: Partial<Guarantee> = {}) {
  const source = { page: 'concepts/', section: '' }
  const guarantee: Guarantee = { id: name, statement: 'It is so.', level: 'MUST', source, requires: [], mutants: [], proves: {}, ...more }
  return { name, guarantees: [guarantee], labels: [] }
}

test('slow suites start first, disruptive ones last, the others as they are listed', () => {
  const suites = [suite('a/drain', { disruptive: true, pace: 'slow' }), suite('a/one'), suite('a/slow', { pace: 'slow' }), suite('a/two')]
  const order = sortSuites(suites, new Set(suites.map(({ name }) => name)))
  expect(order.map(({ name }) => name)).toEqual(['a/slow', 'a/one', 'a/two', 'a/drain'])
})
