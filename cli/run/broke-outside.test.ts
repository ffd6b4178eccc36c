import { expect, test } from 'vitest'
import { brokeOutside } from './broke-outside.ts'

const one = (state: 'passed' | 'failed') => ({ id: 'a/one', state, durationSeconds: 1, errors: [] })
const good = { results: [one('passed')], errorsOutsideTests: [] }
const bad = { results: [one('passed'), one('failed')], errorsOutsideTests: [] }

test('nothing broke when Vitest ended well, or badly for a guarantee', () => {
  expect(brokeOutside(0, good)).toBe(false)
  expect(brokeOutside(1, bad)).toBe(false)
})

test('an exit code that no guarantee explains means that something broke', () => {
  expect(brokeOutside(1, good)).toBe(true)
})

test('a guarantee that failed hides neither an error outside of tests, nor a crash, nor a signal', () => {
  expect(brokeOutside(1, { ...bad, errorsOutsideTests: ['no such cluster'] })).toBe(true)
  expect(brokeOutside(137, bad)).toBe(true)
  expect(brokeOutside(null, bad)).toBe(true)
})
