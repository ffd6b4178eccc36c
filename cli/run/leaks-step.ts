import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { lookForLeaks } from '../../clusters/index.ts'
import { counted } from '../../contract/counted.ts'
import type { TearDownStep } from '../../harness/engine/fixtures/tear-down.ts'
import type { VerdictRecord } from '../../harness/engine/judge/verdict-record.ts'
import { log } from '../shell/log.ts'
import type { AcquiredCluster } from './acquired-cluster.ts'
import { noteLeaks, type RunDirectory, startOf } from './run-directory.ts'
import { runLimits } from './run-limits.ts'

/**
 * Looks for storage that the suites of a run left behind, and notes it in `run.json`. A run that is interrupted is not looked at: what it
 * did not clean up is for the next one to remove.
 */
export function leaksStep(cluster: Pick<AcquiredCluster, 'record'>, { run, signal }: RunOfSuites): TearDownStep {
  return {
    name: 'Looking for storage that was left behind',
    limit: runLimits.leaksFound,
    async run() {
      if (!signal.aborted) await findLeaks(cluster, { run, signal })
    },
  }
}

/** A run whose suites have ended. */
export interface RunOfSuites {
  readonly run: RunDirectory
  readonly signal: AbortSignal
}

/** Looks for storage that the suites of a run left behind, notes it in `run.json` and prints it. Returns a sentence for each leak. */
export async function findLeaks({ record }: Pick<AcquiredCluster, 'record'>, { run, signal }: RunOfSuites): Promise<readonly string[]> {
  const verdicts = globSync('evidence/*/*/verdict.json', { cwd: run.path }).map(
    (file) => JSON.parse(readFileSync(join(run.path, file), 'utf8')) as Pick<VerdictRecord, 'namespace'>,
  )
  const namespaces = verdicts.flatMap(({ namespace }) => namespace ?? [])
  const found = await lookForLeaks(record, { since: startOf(run.path), namespaces, signal })
  const leaks = found.map((leak) => withGuarantee(leak, run.path))
  noteLeaks(run.path, leaks)
  if (leaks.length > 0) log(`${counted(leaks.length, 'leaks')}: the run left storage behind.`)
  for (const leak of leaks) log(`Leak: ${leak}`)
  return leaks
}

/** A leak with the guarantee that it is of, where the calls in the evidence of one name the same volume or snapshot. */
export function withGuarantee(leak: string, runDirectory: string): string {
  const [id] = /(?:vol|snap)-[0-9a-f]{24}/.exec(leak) ?? []
  if (id === undefined) return leak
  const files = globSync('evidence/*/*/driver-calls.jsonl', { cwd: runDirectory })
  // A list of all volumes names those of others: only calls about this one count.
  const isAbout = (calls: string) => calls.includes(`"volumeId":"${id}"`) || calls.includes(`"snapshotId":"${id}"`)
  const file = files.find((each) => isAbout(readFileSync(join(runDirectory, each), 'utf8')))
  return file === undefined ? leak : `${leak} It is of ${basename(dirname(dirname(file)))}/${basename(dirname(file))}.`
}
