import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type EvidencePolicy, evidencePolicies } from '../../reports/model/published-run.ts'
import type { PublishedCopy } from '../../reports/publish/published-copy.ts'
import type { SiteDirectory } from '../../reports/publish/site-directory.ts'
import { positiveNumber } from '../plan/run-flags.ts'
import { type RunOpener, withOpenedRuns } from '../run/opened-runs.ts'
import { provenReport } from '../run/proven-report.ts'
import { withInterruption } from '../run/with-interruption.ts'
import { exitCodes } from '../shell/exit-code.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { refusedAsUsage } from '../shell/refused-as-usage.ts'
import { UsageError } from '../shell/usage-error.ts'
import { workDirectory } from '../shell/work-directory.ts'

interface PublishOptions {
  readonly evidence?: EvidencePolicy | undefined
  readonly maxMegabytes: number
}

const bytesOfMegabyte = 1_000_000

/** `holdfast publish <site directory> [run...]`: adds runs to a static site, each as a copy that is small enough for a repository. */
export function publish(): Command {
  return strictCommand({
    name: 'publish',
    summary: 'add runs to a static site: index, history of each guarantee, comparison, badges, feed',
  })
    .addOption(
      new Option(
        '--evidence <policy>',
        'whose evidence is copied: of all, of what is not Passed, or of none; "failed" when left out',
      ).choices(evidencePolicies),
    )
    .option('--max-megabytes <number>', 'the most that a run may have in the site', positiveNumber, 5)
    .argument('<site directory>', 'a site, or a directory that is empty or does not exist')
    .argument('[run...]', 'run ids, run directories, published runs, archives, or "latest", which is the default')
    .action(async (site: string, names: readonly string[], options: PublishOptions) => {
      const directory = resolve(site)
      refuseRun(site, directory)
      const work = async (open: RunOpener, signal: AbortSignal) => {
        const runs: string[] = []
        for (const name of names.length === 0 ? ['latest'] : names) runs.push(await openWhole(name, open))
        await publishRuns(directory, { runs: [...new Set(runs)], signal, ...options }).catch(asUsageError)
        return exitCodes.success
      }
      const code = await withInterruption(
        async ({ signal }) => withOpenedRuns(async (open) => work(open, signal)),
        'stopping, and taking back what is not whole',
      )
      if (code !== exitCodes.success) process.exitCode = code
    })
}

/** The directory of a run. Throws a `UsageError` for an archive that is not as it was packed. */
async function openWhole(name: string, open: RunOpener): Promise<string> {
  const { directory, problems } = await open.run(name)
  if (problems[0] === undefined) return directory
  throw new UsageError(`${name} is not as it was packed: ${problems[0]}`, { fix: 'Get it again from where it is kept.' })
}

/** A run in the place of the site would become a site of that name. */
function refuseRun(name: string, directory: string): void {
  const isRun = name === 'latest' || existsSync(join(workDirectory, 'reports', 'out', name, 'run.json'))
  if (isRun || existsSync(join(directory, 'run.json')))
    throw new UsageError(`${name} is a run, not the directory of a site.`, { fix: `Name the site first: holdfast publish <site> ${name}` })
}

async function publishRuns(
  directory: string,
  { runs, evidence, maxMegabytes, signal }: PublishOptions & { readonly runs: readonly string[]; readonly signal: AbortSignal },
): Promise<void> {
  const { addToSite, readSite } = await import('../../reports/publish/site-directory.ts')
  const { publishedCopy } = await import('../../reports/publish/published-copy.ts')
  const site = await readSite(directory)
  for (const { name } of unlisted(site)) {
    signal.throwIfAborted()
    await provenReport(join(directory, 'runs', name))
  }
  const copies: PublishedCopy[] = []
  for (const run of runs) {
    signal.throwIfAborted()
    if (await isThere(run, { directory, site })) continue
    await refuseUnproven(run, evidence)
    const copy = await publishedCopy(run, evidence)
    if (copies.some(({ id, sha256 }) => id === copy.id && sha256 === copy.sha256)) continue
    if (copy.bytes > maxMegabytes * bytesOfMegabyte) await refuseLarge(copy, { maxMegabytes, evidence })
    copies.push(copy)
  }
  const { added, written, files } = await addToSite(directory, copies, { signal })
  const published = copies.filter(({ name }) => added.includes(name))
  for (const { name, bytes, whole, byDigest } of published) {
    log(`Published ${join(directory, 'runs', name)}: ${megabytes(bytes)}.`)
    log(`Guarantees with all their evidence: ${whole.length}; by digest: ${byDigest.length}.`)
  }
  log(written === 0 ? `Nothing in ${directory} changed.` : `Wrote ${written} of ${files} pages and files of the site ${directory}.`)
  if (published.some(({ byDigest }) => byDigest.length > 0))
    log('Keep the whole runs: what is kept by digest can be judged again from them alone.')
}

/** The runs in a site that its index does not list: of a publisher that was cut off, or put there by somebody else. */
function unlisted({ index, runs }: SiteDirectory): SiteDirectory['runs'] {
  return runs.filter(({ id }) => index?.runs.some((listed) => listed.id === id) !== true)
}

/** Whether a site has a run already, which then need not be proven again. Throws when what it has under that id is another report. */
async function isThere(run: string, { directory, site }: { readonly directory: string; readonly site: SiteDirectory }): Promise<boolean> {
  const { readText } = await import('../../reports/model/run-files.ts')
  const { runInSite } = await import('../../reports/publish/site-directory.ts')
  const { siteRun } = await import('../../reports/site/site-run.ts')
  const text = await readText(join(run, 'report.json'))
  if (text === undefined) throw new UsageError(`${run} has no report.json.`, { fix: 'Name a run that has ended.' })
  const { id, sha256 } = siteRun(run, text)
  const same = runInSite({ directory, runs: site.runs }, { runDirectory: run, id, sha256 })
  if (same === undefined) return false
  log(`${join(directory, 'runs', same.name)} is there already.`)
  return true
}

/** Once it is published, what is kept by digest can be judged no more: a run that does not come out as stored is not. */
async function refuseUnproven(directory: string, evidence: EvidencePolicy | undefined): Promise<void> {
  const { publishedRun } = await import('../../reports/model/published-run.ts')
  if (evidence !== undefined && (await publishedRun(directory)) !== undefined)
    throw new UsageError(`${directory} is a published copy, which stays as it is.`, { fix: 'Leave out --evidence, or name the whole run.' })
  await provenReport(directory)
}

async function refuseLarge(copy: PublishedCopy, { maxMegabytes, evidence }: PublishOptions): Promise<never> {
  const { publishedRun } = await import('../../reports/model/published-run.ts')
  const { largestParts } = await import('../../reports/publish/published-copy.ts')
  const largest = largestParts(copy, 4).map(({ path, bytes }) => `${path} (${megabytes(bytes)})`)
  const canBeThinned = evidence !== 'none' && (await publishedRun(copy.runDirectory)) === undefined
  const less = canBeThinned ? ', or --evidence none to leave evidence out' : ''
  throw new UsageError(
    `${copy.name} would have ${megabytes(copy.bytes)}, more than ${maxMegabytes} MB; the largest in it are ${largest.join(', ')}.`,
    { fix: `Give --max-megabytes ${Math.ceil(copy.bytes / bytesOfMegabyte)} to allow it${less}.` },
  )
}

function asUsageError(error: unknown): never {
  if (error instanceof Error && 'code' in error && unwritable.has(String(error.code)))
    throw new UsageError(error.message, { fix: 'Name a directory that may be written to.' })
  throw refusedAsUsage(error)
}

const unwritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'])

function megabytes(bytes: number): string {
  return `${(bytes / bytesOfMegabyte).toFixed(2)} MB`
}
