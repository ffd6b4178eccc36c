import { expect, test } from 'vitest'
import { isAtLeast } from './tools.ts'

test.each([
  ['0.33.0', 'v0.33.0', true],
  ['0.34.0', 'v0.33.0', true],
  ['1.0', 'v0.33.0', true],
  ['0.33.0', 'v0.33.1', false],
  ['0.9.9', 'v0.33.0', false],
])('%s is at least %s: %s', (found, wanted, expected) => {
  expect(isAtLeast(found, wanted)).toBe(expected)
})
