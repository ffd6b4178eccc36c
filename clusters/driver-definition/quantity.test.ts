import { expect, test } from 'vitest'
import { bytesOf } from './quantity.ts'

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
