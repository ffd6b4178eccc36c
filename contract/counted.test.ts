import { expect, test } from 'vitest'
import { counted } from './counted.ts'

test.each([
  [0, 'differences', '0 differences'],
  [1, 'differences', '1 difference'],
  [2, 'differences', '2 differences'],
  [1, 'strangers and pages', '1 stranger or page'],
  [3, 'strangers and pages', '3 strangers and pages'],
])('%i %s', (count, plural, expected) => {
  expect(counted(count, plural)).toBe(expected)
})
