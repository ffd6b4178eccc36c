import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runSanity } from '../../clusters/csi-hostpath/sanity.ts'
import { ensureTool } from '../../clusters/index.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { unlessAborted } from '../../clusters/existing/within.ts'
import { say } from '../shell/say.ts'
import type { Counts } from '../budget/tally.ts'

/** How csi-sanity is run. */
export interface SanityRun {
  /** File that gets the whole output. */
  readonly log?: string
  /** Aborted when the run is interrupted; csi-sanity is left behind then and ends with this process. */
  readonly signal: AbortSignal
}

/** Runs csi-sanity against the driver on this machine and counts its specs. */
export async function runSanitySpecs({ log, signal }: SanityRun): Promise<Counts> {
  const binary = await ensureTool('csi-sanity', { say })
  const workDirectory = mkdtempSync(join(tmpdir(), temporaryPrefix('sanity')))
  try {
    const { passed, failed, skipped, skippedSpecs, output } = await unlessAborted(runSanity({ binary, workDirectory }), signal)
    if (log !== undefined) writeFileSync(log, output)
    if (failed > 0 || passed === 0) say(output)
    for (const spec of skippedSpecs) say(`skipped  ${spec}`)
    // A run that proved nothing is no success.
    return { passed, failed: passed === 0 && failed === 0 ? 1 : failed, skipped }
  } finally {
    // Left behind with its mounts after an abort: the next sweep removes it once the driver is gone.
    if (!signal.aborted) rmSync(workDirectory, { recursive: true, force: true })
  }
}
