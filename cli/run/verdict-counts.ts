import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import type { VerdictName, VerdictRecord } from '../../harness/engine/judge/verdict-record.ts'
import type { Counts } from '../budget/tally.ts'

/** Run directory and guarantees of a run of the suites, and how Vitest ended. */
export interface SuiteResult {
  readonly directory: string
  readonly guarantees: readonly Guarantee[]
  /** Vitest's exit code, or null when a signal ended it. */
  readonly exitCode: number | null
}

/**
 * Counts guarantees as tests: Passed passes, NotSupported is skipped, and all else fails, a missing verdict too.
 * Vitest ending badly although every verdict is good counts as one more failure.
 */
export function countVerdicts({ directory, guarantees, exitCode }: SuiteResult): Counts {
  const verdicts = guarantees.map(({ id }) => verdictOf(directory, id))
  const passed = verdicts.filter((verdict) => verdict === 'Passed').length
  const skipped = verdicts.filter((verdict) => verdict === 'NotSupported').length
  const failed = verdicts.length - passed - skipped
  return { passed, skipped, failed: failed === 0 && exitCode !== 0 ? 1 : failed }
}

function verdictOf(directory: string, id: string): VerdictName | undefined {
  const path = join(directory, 'evidence', id, 'verdict.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as VerdictRecord).verdict : undefined
}
