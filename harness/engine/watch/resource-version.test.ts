import { expect, test } from 'vitest'
import { compareResourceVersions } from './resource-version.ts'

test('resourceVersions are numbers, also beyond what a number of JavaScript holds', () => {
  expect(compareResourceVersions('9', '10')).toBeLessThan(0)
  expect(compareResourceVersions('9007199254740993', '9007199254740992')).toBeGreaterThan(0)
  expect(compareResourceVersions('18446744073709551616', '18446744073709551616')).toBe(0)
})

test('what is no number is not put in order', () => {
  expect(() => compareResourceVersions('12', 'v13')).toThrow('resourceVersion "v13" is not a number.')
  expect(() => compareResourceVersions('', '1')).toThrow('resourceVersion "" is not a number.')
  expect(() => compareResourceVersions('007', '8')).toThrow('resourceVersion "007" is not a number.')
})
