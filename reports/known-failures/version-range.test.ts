import { expect, test } from 'vitest'
import { isInRange, isVersionRange } from './version-range.ts'

test.each([
  ['v1.36.3', '1.36', true],
  ['v1.36.3', 'v1.36.3', true],
  ['v1.36.3', '1.36.4', false],
  ['v1.36.3', '1.36.x', true],
  ['v1.36.3', '1', true],
  ['v1.36.3', '1.3', false],
  ['v1.40.0', '1.4', false],
  ['v1.36.9', '<=1.36', true],
  ['v1.37.0', '<=1.36', false],
  ['v1.36.9', '>1.36', false],
  ['v1.37.0', '>1.36', true],
  ['v1.36.0', '>=1.36', true],
  ['v1.35.9', '>=1.36', false],
  ['v1.36.3', '>=1.35 <1.37', true],
  ['v1.37.0', '>= 1.35 < 1.37', false],
  ['v1.9.0', '>=1.35', false],
  ['v1.38.1', '<1.36 || >=1.38', true],
  ['v1.37.1', '<1.36 || >=1.38', false],
  ['v1.37.0-rc.1', '>=1.37', true],
  ['v1.36.4-gke.1200', '=1.36.4', true],
  ['v1.36.0+k3s1', '1.36', true],
  ['unknown', '>=1.0', false],
])('%s in %s: %s', (version, range, is) => {
  expect(isInRange(version, range)).toBe(is)
})

test.each(['', '1.36 - 1.38', '^1.36', 'latest', '>=', '1.36,1.37', '1.36 ||', '1.2.3.4'])('"%s" is no range', (text) => {
  expect(isVersionRange(text)).toBe(false)
  expect(isInRange('v1.36.3', text)).toBe(false)
})
