import { expect, test } from 'vitest'
import { failedTestLines } from './failed-tests.ts'

const counts = { passed: 0, failed: 0, skipped: 0, seconds: 1 }
const failed = (name: string, message = 'expected 1 to be 2') => ({ name, message })

test('each failed test is named with its stage and the first line of its message', () => {
  const stages = [
    { ...counts, name: 'unit tests', failedTests: [failed('a.test.ts > adds', '\u001b[31mexpected 1 to be 2\u001b[39m\n\n- Expected')] },
    { ...counts, name: 'controls', failed: 3 },
    { ...counts, name: 'csi-sanity', failedTests: [failed('Node Service works', '\nTimed out.\nat node.go:12')] },
  ]
  expect(failedTestLines(stages)).toEqual([
    'Failed:',
    '  unit tests: a.test.ts > adds: expected 1 to be 2',
    '  csi-sanity: Node Service works: Timed out.',
  ])
})

test('of many the first 20 are named, of all stages together, and the rest is counted', () => {
  const many = (name: string, count: number) => ({
    ...{ ...counts, name },
    failedTests: Array.from({ length: count }, (_, index) => failed(`${index + 1}`)),
  })
  expect(failedTestLines([many('unit tests', 20)])).toHaveLength(1 + 20)
  const lines = failedTestLines([many('unit tests', 17), many('driver', 10)])
  expect(lines).toHaveLength(1 + 20 + 1)
  expect(lines.slice(-2)).toEqual(['  driver: 3: expected 1 to be 2', '  and 7 more'])
})

test('nothing is said where nothing failed', () => {
  expect(
    failedTestLines([
      { ...counts, name: 'unit tests', failedTests: [] },
      { ...counts, name: 'recheck' },
    ]),
  ).toEqual([])
})
