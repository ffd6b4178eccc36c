import { expect, onTestFinished, test, vi } from 'vitest'
import { retryAfterOf } from './retry-after.ts'

test('a server that is asked too much is left alone for as long as it asks, at most for ten seconds', () => {
  expect(retryAfterOf({ code: 429, header: '3' })).toBe(3)
  expect(retryAfterOf({ code: 503, header: '3600' })).toBe(10)
  expect(retryAfterOf({ code: 429, status: { details: { retryAfterSeconds: 4 } } })).toBe(4)
})

test('a date counts from now, and one that has passed as none', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-28T10:00:00.500Z') })
  onTestFinished(() => void vi.useRealTimers())
  expect(retryAfterOf({ code: 503, header: 'Sat, 28 Nov 2026 10:00:05 GMT' })).toBe(4.5)
  expect(retryAfterOf({ code: 503, header: 'Sat, 28 Nov 2026 09:59:00 GMT' })).toBe(1)
})

test('without a time it is left alone for a second', () => {
  expect(retryAfterOf({ code: 429 })).toBe(1)
  expect(retryAfterOf({ code: 503, header: 'soon' })).toBe(1)
  expect(retryAfterOf({ code: 429, header: '0' })).toBe(1)
})

test('any other answer is final, and so is the no of a PodDisruptionBudget', () => {
  expect(retryAfterOf({ code: 409, header: '1' })).toBeUndefined()
  expect(retryAfterOf({ code: 500 })).toBeUndefined()
  expect(retryAfterOf({ code: 429, header: '10', status: { details: { causes: [{ reason: 'DisruptionBudget' }] } } })).toBeUndefined()
})
