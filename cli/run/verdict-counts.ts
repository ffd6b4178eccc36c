import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import type { VerdictRecord } from '../../harness/engine/judge/verdict-record.ts'
import type { Outcome } from '../budget/stages.ts'
import { broken, howEnded } from './test-projects.ts'

/** Run directory and guarantees of a run of the suites, and how Vitest ended. */
export interface SuiteResult {
  readonly directory: string
  readonly guarantees: readonly Guarantee[]
  /** Vitest's exit code, or null when a signal ended it. */
  readonly exitCode: number | null
}

/**
 * Counts guarantees as tests: Passed passes, NotSupported is skipped, and all else fails, a missing verdict too; what fails is named with
 * its verdict and its first reason. Vitest ending badly although every verdict is good counts as one failure.
 */
export function countVerdicts({ directory, guarantees, exitCode }: SuiteResult): Outcome {
  const records = guarantees.map(({ id }) => ({ id, record: recordOf(directory, id) }))
  const passed = records.filter(({ record }) => record?.verdict === 'Passed').length
  const skipped = records.filter(({ record }) => record?.verdict === 'NotSupported').length
  const bad = records.filter(({ record }) => record?.verdict !== 'Passed' && record?.verdict !== 'NotSupported')
  const failedTests = bad.map(({ id, record }) => ({ name: id, message: messageOf(record) }))
  if (failedTests.length === 0 && exitCode !== 0) return broken({ passed, skipped }, `${howEnded(exitCode)}, though no guarantee failed.`)
  return { passed, skipped, failed: failedTests.length, failedTests }
}

function messageOf(record: VerdictRecord | undefined): string {
  return record === undefined ? 'No verdict was written.' : `${record.verdict}: ${record.reasons[0]?.summary ?? 'no reason was given'}`
}

function recordOf(directory: string, id: string): VerdictRecord | undefined {
  const path = join(directory, 'evidence', id, 'verdict.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as VerdictRecord) : undefined
}
