import { resolve } from 'node:path'
import { messageOf, sentenceOf } from '../../harness/engine/causes.ts'
import type { RunHistory } from '../../reports/trend/read-history.ts'
import { log } from '../shell/log.ts'
import { UsageError } from '../shell/usage-error.ts'

/**
 * Reads the earlier runs that `--history` names, before a run makes anything; undefined where it was not given. Throws a `UsageError` where
 * they cannot be read.
 */
export async function readEarlierRuns(name: string | undefined): Promise<RunHistory | undefined> {
  if (name === undefined) return undefined
  const { HistoryRefused, readHistory } = await import('../../reports/trend/read-history.ts')
  const { ArchiveRefused } = await import('../../reports/archive/archive-format.ts')
  return readHistory(resolve(name)).catch((error: unknown) => {
    const fix =
      error instanceof HistoryRefused
        ? error.fix
        : error instanceof ArchiveRefused
          ? 'Get it again, or move it away.'
          : 'Mend it, or move it away.'
    throw new UsageError(`The history cannot be used: ${sentenceOf(error)}`, { fix })
  })
}

/** Stores what earlier runs came to with a run that has ended, for its page. What goes wrong is a finding. */
export async function storeEarlierRuns(directory: string, history: RunHistory): Promise<readonly string[]> {
  try {
    const { writeEarlierRuns } = await import('../../reports/trend/earlier-runs.ts')
    const { runs, leftOut } = await writeEarlierRuns(directory, history)
    log(`Earlier runs on this platform: ${runs}.`)
    for (const sentence of leftOut) log(`Left out: ${sentence}`)
    return []
  } catch (error) {
    return [`Storing what earlier runs came to: ${messageOf(error)}`]
  }
}
