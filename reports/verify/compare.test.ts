import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ExampleGuarantee, exampleGuarantees, exampleRun } from '../testing/example-run.ts'
import { writeReports } from '../write-reports.ts'
import { compareRuns, comparisonLines } from './compare.ts'

let directories: string[]

beforeEach(() => {
  directories = []
})

afterEach(async () => {
  for (const directory of directories) await rm(directory, { recursive: true })
})

async function runOf(examples: readonly ExampleGuarantee[]): Promise<string> {
  const directory = await exampleRun({ examples })
  directories.push(directory)
  await writeReports(directory)
  return directory
}

const [passed, failed, unsure] = exampleGuarantees as readonly [ExampleGuarantee, ExampleGuarantee, ExampleGuarantee]

test('two runs of the same verdicts differ in nothing', async () => {
  const comparison = await compareRuns(await runOf(exampleGuarantees), await runOf(exampleGuarantees))
  expect(comparison).toMatchObject({ both: 3, otherwise: [], only: [[], []] })
  expect(comparisonLines(comparison).at(-1)).toBe('Guarantees in both: 3, with the same verdicts.')
})

test('a verdict that differs is told with both reasons, and what only one run has is no difference', async () => {
  const one = await runOf([passed, { ...failed, verdict: 'Passed', reasons: [] }])
  const other = await runOf([failed, unsure])
  expect(comparisonLines(await compareRuns(one, other))).toEqual([
    'A  20261121-100000-ab12: Kubernetes v1.36.3, profile standard, commit 0123456789ab',
    'B  20261121-100000-ab12: Kubernetes v1.36.3, profile standard, commit 0123456789ab',
    'Guarantees in both: 1, 1 of them with another verdict.',
    '  statefulset/halts-while-predecessor-is-not-ready',
    '    A  Passed',
    '    B  Failed: Pod hf-demo/web-1 was created before Pod web-0 was Ready.',
    'Only in A, not compared: statefulset/ordered-startup.',
    'Only in B, not compared: expansion/online.',
  ])
})

test('a run without a report cannot be compared', async () => {
  const directory = await exampleRun()
  directories.push(directory)
  await expect(compareRuns(directory, directory)).rejects.toThrow('report.json does not exist: the run has not ended, or was killed.')
})
