import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runSanity } from '../../clusters/csi-hostpath/sanity.ts'
import { ensureTool } from '../../clusters/index.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { unlessAborted } from '../../clusters/existing/within.ts'
import { log } from '../shell/log.ts'
import type { Outcome } from '../budget/stages.ts'

/** Options of one run of csi-sanity. */
export interface SanityRun {
  /** File that gets the whole output. */
  readonly logFile?: string
  /** Aborted when the run is interrupted; csi-sanity is left behind then and ends with this process. */
  readonly signal: AbortSignal
}

/** Runs csi-sanity against the driver on this machine, and counts its specs and names those that failed. */
export async function runSanitySpecs({ logFile, signal }: SanityRun): Promise<Outcome> {
  const binary = await ensureTool('csi-sanity', { log })
  const workDirectory = mkdtempSync(join(tmpdir(), temporaryPrefix('sanity')))
  try {
    const { passed, failed, skipped, skippedSpecs, failedSpecs, output } = await unlessAborted(runSanity({ binary, workDirectory }), signal)
    if (logFile !== undefined) writeFileSync(logFile, output)
    if (failed > 0 || passed === 0) log(output)
    for (const spec of skippedSpecs) log(`skipped  ${spec}`)
    if (passed > 0 || failed > 0) return { passed, failed, skipped, failedTests: failedSpecs }
    // A run that proved nothing is no success.
    return { passed, failed: 1, skipped, failedTests: [{ name: 'the run itself', message: 'No spec passed, and none failed.' }] }
  } finally {
    // Left behind with its mounts after an abort: the next sweep removes it once the driver is gone.
    if (!signal.aborted) rmSync(workDirectory, { recursive: true, force: true })
  }
}
