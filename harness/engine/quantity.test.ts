import { expect, test } from 'vitest'
import { inMebibytes } from './quantity.ts'

test('says bytes in MiB', () => {
  expect(inMebibytes(335_544_320)).toBe('320 MiB')
})
