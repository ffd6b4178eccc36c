import { expect, test } from 'vitest'
import { configOf, configuredBy } from './configured.ts'

test('a cluster is made again by what its record says', () => {
  const config = { workers: 3, offline: true, kubernetes: 'v1.36.3', featureGates: { MaxUnavailableStatefulSet: true } }
  const configured = configuredBy(config)
  expect(configured).toEqual({ featureGates: { MaxUnavailableStatefulSet: true } })
  const record = { versions: { kubernetes: 'v1.36.3' }, ...(configured !== undefined && { configured }) }
  expect(configOf(record)).toEqual({ kubernetes: 'v1.36.3', featureGates: { MaxUnavailableStatefulSet: true } })
})

test('without settings nothing is configured; a version that is not pinned any more is left to the default', () => {
  expect(configuredBy({ workers: 2 })).toBeUndefined()
  expect(configOf({ versions: { kubernetes: 'v1.20.0' } })).toEqual({})
})
