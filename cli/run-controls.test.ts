import { expect, test } from 'vitest'
import { runsAlone } from './run-controls.ts'

test('a mutant of a disruptive guarantee is run with nothing beside it, as is one of the whole cluster', () => {
  const [alone, beside] = runsAlone([
    ['volume-not-mounted', [{}, { disruptive: true }]],
    ['fsync-lies', [{}]],
    ['store-goes-down', [{}]],
  ])
  expect([...alone].map(([mutant]) => mutant)).toEqual(['volume-not-mounted', 'store-goes-down'])
  expect([...beside].map(([mutant]) => mutant)).toEqual(['fsync-lies'])
})
