import { writeFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { sentenceOf } from '../../harness/engine/causes.ts'
import type { Comparison } from '../../reports/compare/comparison.ts'
import { type ComparisonFormat, comparisonFormats } from '../../reports/compare/comparison-format.ts'
import type { GivenFailures } from '../../reports/compare/known-after.ts'
import { readCatalogue, selectGuarantees } from '../catalogue/guarantee-catalogue.ts'
import { readKnownFailuresFile } from '../plan/known-failures-file.ts'
import { withOpenedRuns } from '../run/opened-runs.ts'
import { exitCodes } from '../shell/exit-code.ts'
import { log } from '../shell/log.ts'
import { cannotBeWritten, newFile } from '../shell/new-file.ts'
import { projectRoot } from '../shell/project-root.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

interface CompareOptions {
  readonly format: ComparisonFormat
  readonly output?: string
  readonly gateDurations?: boolean
  readonly knownFailures?: string
}

const sides =
  'a run id, a run directory, a published report, a report.json, an archive, a directory of several runs of one platform, or "latest"'

/** `holdfast compare <before> <after>`: what got worse, what got better, and what of the platform may explain it. */
export function compare(): Command {
  return strictCommand({
    name: 'compare',
    summary: 'tell what got worse between two platforms, where their histories part, and what differs in them',
  })
    .argument('<before>', sides)
    .argument('<after>', 'the same')
    .addOption(new Option('--format <name>', 'how it is written').choices(comparisonFormats).default('text'))
    .option('--output <file>', 'a new file to write it to, in place of standard output')
    .option('--gate-durations', 'count a guarantee that takes longer, by more than the noise, as worse')
    .option(
      '--known-failures <file>',
      'failures that are accepted after, until they expire; a file that a compared run was given is not used (docs/known-failures.md)',
    )
    .action(async (before: string, after: string, { format, output, gateDurations = false, knownFailures }: CompareOptions) => {
      const known = knownFailures === undefined ? undefined : readKnown(knownFailures)
      await withOpenedRuns(async (open) => {
        const [one, other] = [await open.side(before), await open.side(after)]
        const file = output === undefined ? undefined : newFile(output)
        process.exitCode = await compareSides({ one, other, gateDurations, known, write: (text) => write(text(format), file) })
      })
    })
}

interface Sides {
  readonly one: string
  readonly other: string
  readonly gateDurations: boolean
  readonly known: GivenFailures | undefined
  readonly write: (text: (format: ComparisonFormat) => string) => void
}

/**
 * Exit code 0: nothing is worse that is not known; 1: something is, or a known failure is no longer true; 2: the two cannot be compared,
 * for which one sentence is printed.
 */
async function compareSides({ one, other, gateDurations, known, write: put }: Sides): Promise<0 | 1 | 2> {
  const { NotComparable, runsOfSide } = await import('../../reports/compare/runs-of-side.ts')
  const reports = await import('../../reports/compare/compare.ts')
  const { exitCodeOfComparison } = await import('../../reports/compare/change.ts')
  const { written } = await import('../../reports/compare/comparison-output.ts')
  let comparison: Comparison
  try {
    const both = { before: await runsOfSide(one), after: await runsOfSide(other) }
    comparison = await reports.compare({ ...both, gateDurations, knownFailures: known })
  } catch (error) {
    if (!(error instanceof NotComparable)) throw new UsageError(sentenceOf(error), { fix: 'Name reports that Holdfast wrote.' })
    process.stderr.write(`${error.message} ${error.fix}\n`)
    return exitCodes.partial
  }
  put((format) => written(comparison, format))
  return exitCodeOfComparison(comparison)
}

function readKnown(file: string): GivenFailures {
  return readKnownFailuresFile(file, selectGuarantees(readCatalogue(projectRoot), []))
}

function write(text: string, file: string | undefined): void {
  if (file === undefined) {
    process.stdout.write(text)
    return
  }
  try {
    writeFileSync(file, text, { flag: 'wx' })
  } catch (error) {
    throw cannotBeWritten(file, sentenceOf(error))
  }
  log(`Written to ${file}.`)
}
