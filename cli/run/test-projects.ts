import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { Counts } from '../budget/tally.ts'
import { runVitest } from './run-vitest.ts'

interface VitestJson {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly success: boolean
}

/** Tests that need no cluster: `unit` needs nothing at all, `driver` needs root and loop devices. */
export type TestProject = 'unit' | 'driver'

/**
 * Runs the tests of one project, each file in a process of its own, and counts them. A run that broke outside a test counts as one failure.
 */
export async function runTests(project: TestProject, { signal }: { readonly signal: AbortSignal }): Promise<Counts> {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('tests')))
  const json = join(directory, 'result.json')
  try {
    const code = await runVitest({
      args: ['--project', project, '--isolate', '--reporter', 'minimal', '--reporter', 'json', `--outputFile.json=${json}`],
      signal,
    })
    const counts = readCounts(json)
    return counts.failed === 0 && code !== 0 ? { ...counts, failed: 1 } : counts
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function readCounts(path: string): Counts {
  try {
    const found = JSON.parse(readFileSync(path, 'utf8')) as VitestJson
    return { passed: found.numPassedTests, failed: found.numFailedTests, skipped: found.numPendingTests + found.numTodoTests }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
