import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { countVerdicts } from './verdict-counts.ts'

/** Counts these verdicts; none is written for a guarantee whose verdict is undefined. */
function count(verdicts: Readonly<Record<string, string | undefined>>, exitCode: number | null) {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  for (const [id, verdict] of Object.entries(verdicts)) {
    const evidence = join(directory, 'evidence', id)
    mkdirSync(evidence, { recursive: true })
    const reasons = verdict === 'Passed' ? [] : [{ summary: 'PVC a/b is Pending.' }]
    if (verdict !== undefined) writeFileSync(join(evidence, 'verdict.json'), JSON.stringify({ verdict, reasons }))
  }
  return countVerdicts({ directory, guarantees: Object.keys(verdicts).map((id) => ({ id }) as unknown as Guarantee), exitCode })
}

test('what fails is named with its verdict and its reason, also where no verdict was written', () => {
  const verdicts = { 'pvcs/a': 'Passed', 'pvcs/b': 'Failed', 'pvcs/c': 'NotSupported', 'pvcs/d': undefined }
  expect(count(verdicts, 1)).toEqual({
    ...{ passed: 1, failed: 2, skipped: 1 },
    failedTests: [
      { name: 'pvcs/b', message: 'Failed: PVC a/b is Pending.' },
      { name: 'pvcs/d', message: 'No verdict was written.' },
    ],
  })
})

test.each([
  [1, 'Vitest ended with exit code 1, though no guarantee failed.'],
  [null, 'A signal ended Vitest, though no guarantee failed.'],
])('Vitest that ends with %s is one failure', (exitCode, message) => {
  expect(count({ 'pvcs/a': 'Passed' }, exitCode)).toEqual({
    ...{ passed: 1, failed: 1, skipped: 0 },
    failedTests: [{ name: 'the run itself', message }],
  })
})

test('nothing is named where all is well', () => {
  expect(count({ 'pvcs/a': 'Passed' }, 0)).toEqual({ passed: 1, failed: 0, skipped: 0, failedTests: [] })
})
