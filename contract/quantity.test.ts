import { expect, test } from 'vitest'
import { bytesOf, parseQuantity, quantityOf } from './quantity.ts'

test.each([
  ['320Mi', 335_544_320],
  ['1Gi', 1_073_741_824],
  ['1G', 1_000_000_000],
  ['1e3', 1000],
  ['0.5Ki', 512],
  ['42', 42],
  ['250m', 0.25],
  ['-1Ki', -1024],
])('reads %s', (text, value) => {
  expect(parseQuantity(text)).toBe(value)
})

test.each(['', 'Mi', '12Mib', '1.2.3', 'many', '1e3Ki', '.'])('refuses %j', (text) => {
  expect(() => parseQuantity(text)).toThrow('is not a Kubernetes quantity')
})

test.each([
  ['1Gi', 1024 ** 3],
  ['63.9Ti', Math.ceil(63.9 * 1024 ** 4)],
  ['8Ei', 8 * 1024 ** 6],
  ['5G', 5e9],
  ['128k', 128_000],
  ['1e12', 1e12],
  ['1E3', 1000],
  ['2E', 2e18],
  ['1048576', 1_048_576],
  ['1500m', 2],
  ['.5Gi', 512 * 1024 ** 2],
  ['+4Mi', 4 * 1024 ** 2],
])('%s is %d bytes', (text, bytes) => {
  expect(bytesOf(text)).toBe(bytes)
})

test.each(['', 'Gi', '1 Gi', '5GB', '1Kb', '-1Gi', '1.2.3Gi', '0x10', '1e', '{{ .Values.size }}'])('%j is no size', (text) => {
  expect(bytesOf(text)).toBeUndefined()
})

test.each([
  [335_544_320, '320Mi'],
  [2 ** 31, '2Gi'],
  [4097, '4097'],
  [0, '0'],
])('writes %d bytes', (bytes, text) => {
  expect(quantityOf(bytes)).toBe(text)
})
