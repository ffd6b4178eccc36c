import { counted } from '../../contract/counted.ts'
import { verdictsInOrder } from '../render/text/summary.ts'
import type { SitePlatform, SiteRun } from './site-run.ts'

/** A platform in words: `Kubernetes 1.37, csi.example.com`. */
export function platformTitle({ minor, driver }: SitePlatform): string {
  return `Kubernetes ${minor}, ${driver}`
}

/** The verdicts of a run, what needs a reader first: `1 Failed, 117 Passed`. */
export function verdictCounts({ counts }: Pick<SiteRun, 'counts'>): string {
  const some = verdictsInOrder.filter((verdict) => counts[verdict] > 0)
  return some.length === 0 ? 'no verdicts' : some.map((verdict) => `${counts[verdict]} ${verdict}`).join(', ')
}

/** When a run began, in UTC, to the minute. */
export function startOf({ startedAt }: Pick<SiteRun, 'startedAt'>): string {
  return `${startedAt.slice(0, 10)} ${startedAt.slice(11, 16)}`
}

/** What was run: the profile, or that guarantees were named. */
export function selectionOf({ profile }: Pick<SiteRun, 'profile'>): string {
  return profile === undefined ? 'no profile' : `profile ${profile}`
}

/** One run in a line that tells it from others. */
export function runTitle(run: SiteRun): string {
  return `${startOf(run)}, Kubernetes ${run.kubernetes}, ${run.platform.driver}, ${selectionOf(run)}: ${verdictCounts(run)}`
}

/** A duration as people read it: `9.3 s`, `12 min`. */
export function durationText(seconds: number): string {
  return seconds < 120 ? `${Number(seconds.toFixed(1))} s` : `${Math.round(seconds / 60)} min`
}

/** A number of runs: `1 run`, `3 runs`. */
export function runsText(count: number): string {
  return counted(count, 'runs')
}
