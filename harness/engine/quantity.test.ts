import { expect, test } from 'vitest'
import { inMebibytes, parseQuantity, quantityOf } from './quantity.ts'

test.each([
  ['320Mi', 335_544_320],
  ['1Gi', 1_073_741_824],
  ['1G', 1_000_000_000],
  ['1e3', 1000],
  ['0.5Ki', 512],
  ['42', 42],
])('reads %s', (text, value) => {
  expect(parseQuantity(text)).toBe(value)
})

test.each(['', 'Mi', '12Mib', '1.2.3', 'many'])('refuses %j', (text) => {
  expect(() => parseQuantity(text)).toThrow('is not a Kubernetes quantity')
})

test.each([
  [335_544_320, '320Mi'],
  [2 ** 31, '2Gi'],
  [4097, '4097'],
  [0, '0'],
])('writes %d bytes', (bytes, text) => {
  expect(quantityOf(bytes)).toBe(text)
})

test('says bytes in MiB', () => {
  expect(inMebibytes(335_544_320)).toBe('320 MiB')
})
