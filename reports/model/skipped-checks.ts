import { join } from 'node:path'
import { z } from 'zod'
import type { SkippedCheck } from './conformance-report.ts'
import { parseFile } from './guarantee-files.ts'
import type { CoveredEntry } from './ledger.ts'
import { readJson } from './run-files.ts'
import { type RunRecord, skippedSchema } from './run-record.ts'

/** Input for `skipped.json`. */
export interface SkippedOf {
  readonly run: RunRecord
  readonly ledger: readonly CoveredEntry[]
  /** Ids of the checks that were selected. */
  readonly selected: ReadonlySet<string>
}

/**
 * The checks of the catalogue that a run did not select, sorted by id. A run from before there was a `skipped.json` counted them by reason
 * alone: there they are the checks that its ledger names and it did not select, and each has every reason that there was.
 */
export async function skippedChecks(runDirectory: string, { run, ledger, selected }: SkippedOf): Promise<readonly SkippedCheck[]> {
  const stored = parseFile(z.array(skippedSchema), await readJson(join(runDirectory, 'skipped.json')), 'skipped.json')
  if (stored !== undefined) return stored.toSorted((a, b) => a.id.localeCompare(b.id, 'en'))
  const { notRun = [] } = run
  if (notRun.length === 0) return []
  const why = notRun.map((reason) => reason.why).join(', or ')
  const named = new Set(ledger.flatMap(({ guarantees }) => guarantees))
  const known = [...named].filter((id) => !selected.has(id)).map((id) => ({ id, why }))
  return known.toSorted((a, b) => a.id.localeCompare(b.id, 'en'))
}
