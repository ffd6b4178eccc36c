import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { outcomeOf } from './test-projects.ts'

function recordOf(record: object): string {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const path = join(directory, 'unit.json')
  writeFileSync(path, JSON.stringify(record))
  return path
}

const allPassed = { passed: 3, failed: 0, skipped: 1, failedTests: [] }

test('tests are counted, and those that failed are named', () => {
  const failed = { ...allPassed, failed: 1, failedTests: [{ name: 'a.test.ts > adds', message: 'expected 1 to be 2' }] }
  expect(outcomeOf(recordOf(allPassed), 0)).toEqual(allPassed)
  expect(outcomeOf(recordOf(failed), 1)).toEqual(failed)
})

test('a Vitest that fails though no test did counts as one failure, which has a name', () => {
  expect(outcomeOf(recordOf(allPassed), 1)).toEqual({
    ...allPassed,
    failed: 1,
    failedTests: [{ name: 'the run itself', message: 'Vitest ended with exit code 1, though no test failed.' }],
  })
})

test.each([
  ['that a signal ended', null, 'A signal ended Vitest, and there is no record of its tests in /nowhere/unit.json.'],
  ['that wrote no record', 0, 'Vitest ended with exit code 0, and there is no record of its tests in /nowhere/unit.json.'],
])('a Vitest %s counts as one failure', (_, code, message) => {
  const failedTests = [{ name: 'the run itself', message }]
  expect(outcomeOf('/nowhere/unit.json', code)).toEqual({ passed: 0, failed: 1, skipped: 0, failedTests })
})
