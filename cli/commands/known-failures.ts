import { existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { sentenceOf } from '../../harness/engine/causes.ts'
import type { ConformanceReport } from '../../reports/model/conformance-report.ts'
import { readCatalogue, selectGuarantees } from '../catalogue/guarantee-catalogue.ts'
import { readKnownFailuresFile, today } from '../plan/known-failures-file.ts'
import { findRun } from '../run/find-run.ts'
import { exitCodes } from '../shell/exit-code.ts'
import { log } from '../shell/log.ts'
import { projectRoot } from '../shell/project-root.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

interface KnownFailuresOptions {
  readonly write?: boolean
  readonly on?: string
}

/** `holdfast known-failures <file> [run]`: what a file of known failures makes of a stored run; with `--write`, a first file for it. */
export function knownFailures(): Command {
  return strictCommand({
    name: 'known-failures',
    summary: 'say what a file of known failures makes of a stored run, or write a first one for it',
  })
    .option('--write', 'write the file, which must not exist: an entry for each failure of the run')
    .option('--on <day>', 'the day in UTC on which entries are looked at, or written; today when left out', readDay)
    .argument('<file>', 'YAML file of known failures')
    .argument('[run]', 'run id, run directory, or "latest"', 'latest')
    .action(async (file: string, run: string, { write = false, on = today() }: KnownFailuresOptions) => {
      if (write && existsSync(file))
        throw new UsageError(`${resolve(file)} is there already.`, { fix: 'Name another file: none is ever replaced.' })
      const known = write ? undefined : readKnownFailuresFile(file, selectGuarantees(readCatalogue(projectRoot), []))
      const report = await reportOf(findRun(run))
      if (known === undefined) return writeFirst(resolve(file), { report, day: on })
      const { sectionOf } = await import('../../reports/known-failures/section.ts')
      const { gateOf, withGate } = await import('../../reports/model/gate.ts')
      const { exitCodeOf } = await import('../../reports/model/conformance-report.ts')
      const { knownFailureLines } = await import('../../reports/render/text/known-failure-lines.ts')
      const { gateMeaning } = await import('../../reports/render/headline.ts')
      const gated = { ...report, knownFailures: withGate(sectionOf(known, report, on), report) }
      const code = exitCodeOf(gateOf(gated))
      for (const line of knownFailureLines(gated.knownFailures)) log(line)
      log(`Run ${report.run.id}, result ${report.result}. Exit code ${code}: ${gateMeaning(gated)}.`)
      process.exitCode = code
    })
}

async function writeFirst(path: string, { report, day }: { readonly report: ConformanceReport; readonly day: string }): Promise<void> {
  const { firstEntries, firstFile } = await import('../../reports/known-failures/first-file.ts')
  const entries = firstEntries(report, day)
  if (entries.length === 0) {
    log(`Nothing in run ${report.run.id} Failed or was Inconclusive: no file was written.`)
    return
  }
  try {
    writeFileSync(path, firstFile(entries), { flag: 'wx' })
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${sentenceOf(error)}`, {
      fix: 'Name a file that is not there yet, in a directory that you can write to.',
    })
  }
  log(`Wrote ${path}. Failures in it: ${entries.length}, accepted for 30 days.`)
  log('Fill in owner and link of each, and look at its reason: a file without them is refused.')
  process.exitCode = exitCodes.success
}

async function reportOf(directory: string): Promise<ConformanceReport> {
  const { reportOfRun } = await import('../../reports/model/report-of-run.ts')
  return reportOfRun(directory).catch((error: unknown) => {
    throw new UsageError(sentenceOf(error), { fix: 'Name a run that has ended.' })
  })
}

function readDay(text: string): string {
  const at = Date.parse(`${text}T00:00:00Z`)
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && Number.isFinite(at) && new Date(at).toISOString().startsWith(text)
  if (!isDay) throw new InvalidArgumentError('It must be a day such as 2026-12-31.')
  return text
}
