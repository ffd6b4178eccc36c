import { expect, test } from 'vitest'
import { parseQuantity } from './quantity.ts'

test.each([
  ['300Mi', 300 * 1024 ** 2],
  ['1.5Gi', 1.5 * 1024 ** 3],
  ['1G', 1e9],
  ['4096', 4096],
])('%s is %d bytes', (text, bytes) => {
  expect(parseQuantity(text)).toBe(bytes)
})

test.each(['', '-1Gi', '1 Gi', 'Gi', '1Zi', '1e3', '../1', '99999999Ti'])('%j is no size', (text) => {
  expect(parseQuantity(text)).toBeUndefined()
})
