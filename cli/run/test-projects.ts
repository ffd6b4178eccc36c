import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { testRecordSchema } from '../../reports/model/test-record.ts'
import type { Outcome } from '../budget/stages.ts'
import { runVitest } from './run-vitest.ts'

/** Tests that need no cluster: `unit` needs nothing at all, `driver` needs root and loop devices. */
export type TestProject = 'unit' | 'driver'

/** Where the tests of a project leave their results. */
export interface TestRun {
  /** Directory that gets `allure-results/` and `<project>.json`. */
  readonly directory: string
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal
}

/** The environment in which Vitest leaves the results of tests that need no cluster in a directory. */
export function testEnvironment(directory: string): Readonly<Record<string, string>> {
  return { HOLDFAST_TESTS: directory }
}

/**
 * Runs the tests of one project, each file in a process of its own, counts them and names those that failed. A run that broke outside a
 * test counts as one failure.
 */
export async function runTests(project: TestProject, { directory, signal }: TestRun): Promise<Outcome> {
  const code = await runVitest({ args: ['--project', project, '--isolate'], env: testEnvironment(directory), signal })
  return outcomeOf(join(directory, `${project}.json`), code)
}

/** What a run of tests came to, by its record and the exit code of Vitest, which is null when a signal ended it. */
export function outcomeOf(record: string, code: number | null): Outcome {
  const how = howEnded(code)
  const counts = readRecord(record)
  if (counts === undefined) return broken({ passed: 0, skipped: 0 }, `${how}, and there is no record of its tests in ${record}.`)
  return counts.failed > 0 || code === 0 ? counts : broken(counts, `${how}, though no test failed.`)
}

/** How Vitest ended, as the beginning of a sentence. */
export function howEnded(code: number | null): string {
  return code === null ? 'A signal ended Vitest' : `Vitest ended with exit code ${code}`
}

/** Counts of a run that failed as a whole. */
export function broken({ passed, skipped }: Pick<Outcome, 'passed' | 'skipped'>, message: string): Outcome {
  return { passed, skipped, failed: 1, failedTests: [{ name: 'the run itself', message }] }
}

function readRecord(path: string): Outcome | undefined {
  try {
    return testRecordSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}
