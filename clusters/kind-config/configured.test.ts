import { expect, test } from 'vitest'
import { releaseOf } from '../images/kubernetes-release.ts'
import { configOf, configuredBy } from './configured.ts'

test('a cluster is made again by what its record says', () => {
  const { kubernetes } = releaseOf()
  const config = { workers: 3, offline: true, kubernetes, featureGates: { MaxUnavailableStatefulSet: true } }
  const configured = configuredBy(config)
  expect(configured).toEqual({ featureGates: { MaxUnavailableStatefulSet: true } })
  const record = { versions: { kubernetes }, ...(configured !== undefined && { configured }) }
  expect(configOf(record)).toEqual({ kubernetes, featureGates: { MaxUnavailableStatefulSet: true } })
})

test('without settings nothing is configured; a version that is not pinned any more is left to the default', () => {
  expect(configuredBy({ workers: 2 })).toBeUndefined()
  expect(configOf({ versions: { kubernetes: 'v1.20.0' } })).toEqual({})
})
