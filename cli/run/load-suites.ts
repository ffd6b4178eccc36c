import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeEnding } from '../../contract/distribution.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { SuiteEntry } from '../catalogue/guarantee-catalogue.ts'
import { runVitest } from './run-vitest.ts'
import { projectRoot } from '../shell/project-root.ts'
import { UsageError } from '../shell/usage-error.ts'
import type { LoadFault } from '../own-suites/load-reporter.ts'
import { loadedVariable, ownSuitesValue, ownSuitesVariable } from '../own-suites/suites-variable.ts'

/** A name that no guarantee has: none of them is put to the test. */
const noGuarantee = '^ $'

/**
 * Loads suites of one's own as a run does, and puts nothing to the test. Throws a `UsageError` for the first one that cannot be loaded: it
 * would be found out on a cluster only.
 */
export async function loadSuites(suites: readonly SuiteEntry[], signal: AbortSignal): Promise<void> {
  const files = suites.flatMap(({ file }) => (file === undefined ? [] : [file]))
  if (files.length === 0) return
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('load')))
  try {
    const written = join(directory, 'faults.json')
    const reporter = join(projectRoot, 'cli', 'own-suites', `load-reporter${codeEnding}`)
    await runVitest({
      args: ['--project', 'conformance', '--reporter', reporter, '--testNamePattern', noGuarantee, '--maxWorkers', '1', ...files],
      env: { [loadedVariable]: written, [ownSuitesVariable]: ownSuitesValue(files), HOLDFAST_GUARANTEES: '' },
      signal,
    })
    signal.throwIfAborted()
    const [fault] = readFaults(written)
    if (fault !== undefined) throw notLoaded(fault)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

function readFaults(file: string): readonly LoadFault[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly LoadFault[]
  } catch {
    return [{ suite: '', message: 'Vitest ended before it had loaded them, and said why above' }]
  }
}

function notLoaded({ suite, message, place }: LoadFault): UsageError {
  const name = suite === '' ? 'The suites of your own cannot' : `Suite ${suite} cannot`
  return new UsageError(`${name} be loaded: ${message.replace(/\.$/, '')}${place === undefined ? '' : ` (${place})`}.`, {
    fix: 'A suite imports "holdfast/harness" and files beside it; docs/write-your-own-suites.md shows one.',
  })
}
