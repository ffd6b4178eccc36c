import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf, sentenceOf } from '../../harness/engine/causes.ts'
import { changesOf, exitCodeOfChanges } from '../../reports/compare/change.ts'
import { compare } from '../../reports/compare/compare.ts'
import { written } from '../../reports/compare/comparison-output.ts'
import type { GivenFailures } from '../../reports/compare/known-after.ts'
import { factsOfSide } from '../../reports/compare/platform-facts.ts'
import { NotComparable, type RunsOfSide, runsOfSide } from '../../reports/compare/runs-of-side.ts'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { log } from '../shell/log.ts'
import { UsageError } from '../shell/usage-error.ts'
import { findSide } from './find-side.ts'

/** Reads what a run is to be compared with, before the run makes anything. Throws a `UsageError` where it cannot be. */
export async function readBaseline(name: string, planned: readonly { readonly id: string }[]): Promise<RunsOfSide> {
  const path = findSide(name)
  const baseline = await readWhole(path).catch((error: unknown) => {
    const fix = error instanceof NotComparable ? error.fix : 'Name a report that Holdfast wrote.'
    throw new UsageError(`The baseline cannot be used: ${sentenceOf(error)}`, { fix })
  })
  const selected = new Set(baseline.runs.flatMap(({ report }) => report.guarantees.map(({ id }) => id)))
  if (!planned.some(({ id }) => selected.has(id)))
    throw new UsageError(`The baseline ${path} has no guarantee of this run.`, {
      fix: 'Name one that selected the same, or select what it did.',
    })
  return baseline
}

/** Reads a side with all that a comparison will read of its platform, which a run must not find torn at its end. */
async function readWhole(path: string): Promise<RunsOfSide> {
  const side = await runsOfSide(path)
  await factsOfSide(side)
  return side
}

/** What a run that has ended is compared with, where it is, and what may fail in it. */
interface AtTheEnd {
  readonly baseline: RunsOfSide
  readonly directory: string
  readonly knownFailures: GivenFailures | undefined
}

/**
 * Compares a run that has ended with its baseline: prints what differs, and writes `comparison.json` and `comparison.md` into its
 * directory. Returns the exit code of the run, which is 1 where something is worse that is not known and the verdicts alone are no failure.
 * For a known failure that is no longer true the run has its exit code already. A run that could not be compared is no success: 0 is
 * then 2.
 */
export async function codeAgainstBaseline(code: ExitCode, { baseline, directory, knownFailures }: AtTheEnd): Promise<ExitCode> {
  try {
    const comparison = await compare({ before: baseline, after: await runsOfSide(directory), gateDurations: false, knownFailures })
    writeFileSync(join(directory, 'comparison.json'), written(comparison, 'json'))
    writeFileSync(join(directory, 'comparison.md'), written(comparison, 'markdown'))
    log('')
    log(written(comparison, 'text').trimEnd())
    const isWorse = exitCodeOfChanges(changesOf(comparison)) === 1
    if (!isWorse || (code !== exitCodes.success && code !== exitCodes.partial)) return code
    log(`Exit code ${exitCodes.violation}: something is worse than in the baseline.`)
    return exitCodes.violation
  } catch (error) {
    log(`The run was not compared with its baseline: ${messageOf(error)}`)
    return code === exitCodes.success ? exitCodes.partial : code
  }
}
