import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runSanity } from '../clusters/csi-hostpath/sanity.ts'
import { ensureTool } from '../clusters/index.ts'
import { say } from './say.ts'
import type { Counts } from './tally.ts'

/** Runs csi-sanity against the driver on this machine and counts its specs. The whole output goes to `log`. */
export async function runSanitySpecs({ log }: { readonly log?: string } = {}): Promise<Counts> {
  const binary = await ensureTool('csi-sanity', { say })
  const workDirectory = mkdtempSync(join(tmpdir(), `holdfast-sanity-${process.pid}-`))
  try {
    const { passed, failed, skipped, skippedSpecs, output } = await runSanity({ binary, workDirectory })
    if (log !== undefined) writeFileSync(log, output)
    if (failed > 0 || passed === 0) say(output)
    for (const spec of skippedSpecs) say(`skipped  ${spec}`)
    // A run that proved nothing is no success.
    return { passed, failed: passed === 0 && failed === 0 ? 1 : failed, skipped }
  } finally {
    rmSync(workDirectory, { recursive: true, force: true })
  }
}
