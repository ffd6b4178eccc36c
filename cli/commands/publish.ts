import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import type { PublishedCopy } from '../../reports/publish/published-copy.ts'
import { positiveNumber } from '../plan/run-flags.ts'
import { findRun } from '../run/find-run.ts'
import { provenReport } from '../run/proven-report.ts'
import { log } from '../shell/log.ts'
import { projectRoot } from '../shell/project-root.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

interface PublishOptions {
  readonly to?: string
  readonly maxMegabytes: number
}

const bytesOfMegabyte = 1_000_000

/** `holdfast publish <run>`: a copy of a run that is small enough for a repository, with the whole evidence of what is not Passed. */
export function publish(): Command {
  return strictCommand({
    name: 'publish',
    summary: 'write a small copy of a run: the evidence of what is not Passed, the digests of the rest',
  })
    .option('--to <directory>', 'directory to write it to; reports/published/<Kubernetes version>-<profile>-<run id> when left out')
    .option('--max-megabytes <number>', 'the most that the copy may have', positiveNumber, 3)
    .argument('<run>', 'run id, run directory, or "latest"')
    .action(async (name: string, { to, maxMegabytes }: PublishOptions) => {
      const directory = findRun(name)
      await refuseUnproven(directory)
      const { publishedCopy, writePublishedCopy } = await import('../../reports/publish/published-copy.ts')
      const copy = await publishedCopy(directory)
      const target = to === undefined ? join(projectRoot, 'reports', 'published', copy.name) : resolve(to)
      if (existsSync(target) && readdirSync(target).length > 0)
        throw new UsageError(`${target} is there already.`, { fix: 'A report is never replaced: name another directory with --to.' })
      if (copy.bytes > maxMegabytes * bytesOfMegabyte) await refuseLarge(copy, maxMegabytes)
      await writePublishedCopy(copy, target)
      const { whole, byDigest, bytes } = copy
      log(
        `Published in ${target}: ${megabytes(bytes)}. Guarantees with all their evidence: ${whole.length}; by digest: ${byDigest.length}.`,
      )
      log('Keep the whole run: what is kept by digest can be judged again from it alone.')
    })
}

/** Once it is published, what Passed can be judged no more: a run that does not come out as stored is not. */
async function refuseUnproven(directory: string): Promise<void> {
  const { publishedRun } = await import('../../reports/model/published-run.ts')
  if ((await publishedRun(directory)) !== undefined)
    throw new UsageError(`${directory} is a published copy already.`, { fix: 'Name the whole run.' })
  await provenReport(directory)
}

async function refuseLarge(copy: PublishedCopy, maxMegabytes: number): Promise<never> {
  const { largestParts } = await import('../../reports/publish/published-copy.ts')
  const largest = largestParts(copy, 4).map(({ path, bytes }) => `${path} (${megabytes(bytes)})`)
  throw new UsageError(
    `The copy would have ${megabytes(copy.bytes)}, more than ${maxMegabytes} MB; the largest in it are ${largest.join(', ')}.`,
    { fix: `Give --max-megabytes ${Math.ceil(copy.bytes / bytesOfMegabyte)} to allow it.` },
  )
}

function megabytes(bytes: number): string {
  return `${(bytes / bytesOfMegabyte).toFixed(2)} MB`
}
