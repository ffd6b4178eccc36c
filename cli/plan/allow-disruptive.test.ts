import { expect, test } from 'vitest'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { allowedIn } from './allow-disruptive.ts'

const guarantee = (id: Guarantee['id'], more: Partial<Guarantee> = {}): Guarantee => ({
  ...{ id, statement: 'It is so.', level: 'MUST', source: { page: 'concepts/', section: '' } },
  ...{ requires: [], mutants: [], proves: {}, ...more },
})

const catalogue = [
  { name: 'statefulset/drain', guarantees: [guarantee('statefulset/drain', { disruptive: true })], labels: [] },
  { name: 'statefulset/startup', guarantees: [guarantee('statefulset/startup')], labels: [] },
  { name: 'recovery/crash', guarantees: [guarantee('recovery/crash', { disruptive: true })], labels: [] },
]
const disruptiveNodes = ['one']

test('on a cluster of somebody else nothing disruptive is allowed unless it is named', () => {
  expect(allowedIn(catalogue, {})).toEqual([])
  expect(allowedIn(catalogue, { allowDisruptive: ['statefulset/drain'], disruptiveNodes })).toEqual(['statefulset/drain'])
  expect(allowedIn(catalogue, { allowDisruptive: ['statefulset', 'recovery/*'], disruptiveNodes })).toEqual([
    'statefulset/drain',
    'recovery/crash',
  ])
})

test('guarantees go with nodes, and nodes with guarantees', () => {
  expect(() => allowedIn(catalogue, { allowDisruptive: ['recovery'] })).toThrow('--allow-disruptive needs the nodes')
  expect(() => allowedIn(catalogue, { disruptiveNodes })).toThrow('--disruptive-nodes allows nothing by itself.')
})

test('a name of what is not disruptive is refused, and one that is unknown', () => {
  const allowDisruptive = (name: string) => () => allowedIn(catalogue, { allowDisruptive: [name], disruptiveNodes })
  expect(allowDisruptive('statefulset/startup')).toThrow('--allow-disruptive statefulset/startup names no guarantee that is disruptive.')
  expect(allowDisruptive('statefulset/dran')).toThrow('statefulset/dran')
})
