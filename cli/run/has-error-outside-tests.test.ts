import { expect, test } from 'vitest'
import { hasErrorOutsideTests } from './has-error-outside-tests.ts'

const one = (state: 'passed' | 'failed') => ({ id: 'a/one', state, durationSeconds: 1, errors: [] })
const good = { results: [one('passed')], errorsOutsideTests: [] }
const bad = { results: [one('passed'), one('failed')], errorsOutsideTests: [] }

test('nothing broke when Vitest ended well, or badly for a guarantee', () => {
  expect(hasErrorOutsideTests(0, good)).toBe(false)
  expect(hasErrorOutsideTests(1, bad)).toBe(false)
})

test('an exit code that no guarantee explains means that something broke', () => {
  expect(hasErrorOutsideTests(1, good)).toBe(true)
})

test('a guarantee that failed hides neither an error outside of tests, nor a crash, nor a signal', () => {
  expect(hasErrorOutsideTests(1, { ...bad, errorsOutsideTests: ['no such cluster'] })).toBe(true)
  expect(hasErrorOutsideTests(137, bad)).toBe(true)
  expect(hasErrorOutsideTests(null, bad)).toBe(true)
})
