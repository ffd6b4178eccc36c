import { hash } from 'node:crypto'
import { hasRun, totalsOf } from '../model/conformance-report.ts'
import { parseFile } from '../model/guarantee-files.ts'
import { secondsOf } from '../model/seconds.ts'
import { type StoredReport, storedReportSchema } from '../model/stored-report.ts'

type Judged = StoredReport['guarantees'][number]

/** What runs are told apart by first: the CSI driver, and the minor version of Kubernetes. */
export interface SitePlatform {
  /** Name in file names and anchors. */
  readonly name: string
  readonly driver: string
  /** As in `1.37`; `unknown` where the run did not find out. */
  readonly minor: string
}

/** What a run says of one guarantee. */
export interface SiteVerdict extends Pick<Judged, 'id' | 'statement' | 'level' | 'source' | 'verdict'> {
  /** Rounded to a tenth; absent when it did not run. */
  readonly seconds?: number
  /** First line of the first reason; absent for what Passed. */
  readonly cause?: string
}

/** A run, as far as the pages of a site tell of it. */
export interface SiteRun {
  /** Name of its folder below `runs/`. */
  readonly name: string
  readonly id: string
  readonly platform: SitePlatform
  readonly kubernetes: string
  readonly profile: string | undefined
  readonly startedAt: string
  readonly endedAt: string
  readonly durationSeconds: number
  readonly commit: string
  readonly result: StoredReport['result']
  /** How many guarantees have each verdict. */
  readonly counts: Readonly<Record<Judged['verdict'], number>>
  /** Guarantees of the catalogue that were not selected; undefined in reports that did not count them. */
  readonly skipped: number | undefined
  readonly guarantees: readonly SiteVerdict[]
  /** SHA-256 of its `report.json`, in hex. */
  readonly sha256: string
}

/** Reads what a site tells of a run from the text of its `report.json`. Throws one sentence that names the run when it is no report. */
export function siteRun(name: string, text: string): SiteRun {
  const report = parseFile(storedReportSchema, JSON.parse(text), `${name}/report.json`)
  if (report === undefined) throw new Error(`${name}/report.json is empty.`)
  const { run, cluster, guarantees, result } = report
  const kubernetes = cluster.versions['kubernetes'] ?? 'unknown'
  const { Passed, Failed, Inconclusive, NotSupported } = totalsOf({ guarantees, skipped: [] })
  return {
    name,
    id: run.id,
    platform: platformOf(cluster.driver, kubernetes),
    kubernetes,
    profile: run.profile,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    durationSeconds: run.durationSeconds,
    commit: run.commit,
    result,
    counts: { Passed, Failed, Inconclusive, NotSupported },
    skipped: report.apiVersion === 'holdfast.dev/v1alpha1' ? undefined : report.skipped.length,
    guarantees: guarantees.map(siteVerdict),
    sha256: hash('sha256', text),
  }
}

/** Runs from the oldest to the newest; of the same moment, by name. */
export function byDate(runs: readonly SiteRun[]): readonly SiteRun[] {
  const key = ({ startedAt, name }: SiteRun) => `${startedAt} ${name}`
  return runs.toSorted((one, other) => (key(one) < key(other) ? -1 : 1))
}

/** Platforms of runs, the highest Kubernetes first, each with its runs in their order. */
export function byPlatform(runs: readonly SiteRun[]): readonly { readonly platform: SitePlatform; readonly runs: readonly SiteRun[] }[] {
  const groups = [...Map.groupBy(runs, ({ platform }) => platform.name).values()]
  const platforms = groups.flatMap((some) => (some[0] === undefined ? [] : [{ platform: some[0].platform, runs: some }]))
  return platforms.toSorted((one, other) => inOrder(other.platform, one.platform))
}

/**
 * The run that a run is compared with first: the last one before it on its platform with the same profile, or else with any. Undefined for
 * the first on its platform. `runs` are from the oldest to the newest.
 */
export function runBefore(run: SiteRun, runs: readonly SiteRun[]): SiteRun | undefined {
  const earlier = runs.slice(0, runs.indexOf(run)).filter(({ platform }) => platform.name === run.platform.name)
  return earlier.findLast(({ profile }) => profile === run.profile) ?? earlier.at(-1)
}

function inOrder(one: SitePlatform, other: SitePlatform): number {
  const numeric = new Intl.Collator('en', { numeric: true })
  return numeric.compare(one.minor, other.minor) || numeric.compare(other.driver, one.driver)
}

function platformOf(driver: string, kubernetes: string): SitePlatform {
  const minor = /^v?(\d+\.\d+)/.exec(kubernetes)?.[1] ?? 'unknown'
  return { name: `${driver}-${minor}`.replaceAll(/[^\w.-]/g, '-'), driver, minor }
}

function siteVerdict(guarantee: Judged): SiteVerdict {
  const { id, statement, level, source, verdict, reasons } = guarantee
  const cause = reasons[0]?.summary.split('\n')[0]
  return {
    ...{ id, statement, level, source, verdict },
    ...(hasRun(guarantee) && { seconds: Math.round(secondsOf(guarantee) * 10) / 10 }),
    ...(verdict !== 'Passed' && cause !== undefined && { cause }),
  }
}
