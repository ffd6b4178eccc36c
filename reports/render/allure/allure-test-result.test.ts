import { expect, test } from 'vitest'
import { Inconclusive, Violation } from '../../../harness/engine/judge/errors.ts'
import { allureTestResult, type EndedTest, fullNameOf } from './allure-test-result.ts'

const ended: EndedTest = {
  ...{ project: 'unit', file: 'cli/run/a.test.ts', names: ['of a class', 'adds'], occurrence: 1, worker: 'unit 1' },
  ...{ state: 'failed', errors: [], start: 1_000.4, took: 20.2 },
}

const summary = { summary: 'It was asserted once.' }

test.each([
  ['an assertion', { name: 'AssertionError', message: 'expected 1 to be 2' }, 'failed'],
  ['a violation', new Violation().withDetails({ reason: summary }), 'failed'],
  ['no proof either way', new Inconclusive().withDetails({ reason: summary }), 'broken'],
  ['anything else', { name: 'TypeError', message: 'web is not a function' }, 'broken'],
])('%s that fails a test makes it what it is', (_, { name, message }, status) => {
  expect(allureTestResult({ ...ended, errors: [{ name, message }] }).status).toBe(status)
})

test('a hook that breaks after an assertion failed hides it neither in the status nor in the message', () => {
  const errors = [
    { name: 'Error', message: 'no clean-up', stack: 'Error: no clean-up\n  at b' },
    {
      name: 'AssertionError',
      message: '\u001b[31mexpected 1 to be 2\u001b[39m',
      stack: 'AssertionError\n  at a',
      actual: '1',
      expected: '2',
    },
  ]
  expect(allureTestResult({ ...ended, errors })).toMatchObject({
    status: 'failed',
    statusDetails: {
      ...{ message: 'no clean-up\nexpected 1 to be 2', trace: 'Error: no clean-up\n  at b\n\nAssertionError\n  at a' },
      ...{ actual: '1', expected: '2' },
    },
  })
})

test('a test is known by its file and its names; what belongs to no file is known by its project', () => {
  expect(fullNameOf(ended)).toBe('cli/run/a.test.ts > of a class > adds')
  expect(fullNameOf({ ...ended, occurrence: 2 })).toBe('cli/run/a.test.ts > of a class > adds (2)')
  const { fullName, labels, start, stop } = allureTestResult({ ...ended, file: undefined, names: ['outside of its tests'] })
  expect(fullName).toBe('unit > outside of its tests')
  expect(labels).toContainEqual({ name: 'parentSuite', value: 'unit' })
  expect([start, stop]).toEqual([1000, 1021])
})
