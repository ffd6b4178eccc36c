import { stringify } from 'yaml'
import type { Condition, KnownFailure } from './known-failure.ts'
import { type JudgedRun, whyNotJudged } from './outcome.ts'

/** Days for which a failure is accepted at first. */
const firstDays = 30

interface NamedCluster {
  readonly name: string
  readonly nodes: readonly { readonly name: string }[]
}

/** A run from which a first file is made. */
export interface FirstRun extends JudgedRun {
  readonly run: { readonly id: string }
  readonly cluster: JudgedRun['cluster'] & NamedCluster
}

/**
 * An entry for each failure of a run, for its platform: the minor of Kubernetes and the driver, and the StorageClass where the cluster is
 * not ours. Owner and link are empty, and `day` is the day on which they are written, in UTC.
 */
export function firstEntries({ run, guarantees, cluster }: FirstRun, day: string): readonly KnownFailure[] {
  const last = new Date(`${day}T00:00:00Z`)
  last.setUTCDate(last.getUTCDate() + firstDays)
  const expires = last.toISOString().slice(0, 10)
  const when = platformOf(cluster)
  return guarantees.flatMap((guarantee) => {
    const { id, verdict, reasons } = guarantee
    if ((verdict !== 'Failed' && verdict !== 'Inconclusive') || whyNotJudged(guarantee) !== undefined) return []
    const cause = reasons[0]?.summary.split('\n')[0]
    const why = `Seen in run ${run.id}.`
    return [{ guarantee: id, verdict, ...(cause && { reason: patternOf(cause, cluster) }), why, link: '', owner: '', expires, when }]
  })
}

/** The text of a file with these entries. */
export function firstFile(entries: readonly KnownFailure[]): string {
  return `# Fill in owner and link of each entry: a file without them is refused.\n${stringify({ knownFailures: entries }, { lineWidth: 140, aliasDuplicateObjects: false })}`
}

function platformOf({ versions, driver, profile, storageClass }: FirstRun['cluster']): Condition {
  const minor = /^v?(\d+\.\d+)/.exec(versions['kubernetes'] ?? '')?.[1]
  return {
    ...(minor !== undefined && { kubernetes: minor }),
    driver,
    ...(profile === 'existing' && storageClass !== undefined && { storageClass }),
  }
}

/** A cause with `*` in place of what differs from run to run: namespaces, the cluster, UIDs, moments and durations. */
function patternOf(cause: string, cluster: NamedCluster): string {
  const pattern = withoutNames(cause, cluster)
    .replaceAll(/\bhf-[a-z0-9-]+/g, '*')
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '*')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, '*')
    .replaceAll(/[+-]?\d+(?:\.\d+)? ?(?:ms|s|min|seconds|minutes)\b/g, '*')
  return /[^\s*]/.test(pattern) ? pattern : cause
}

/** A cause with `*` in place of the name of the cluster, by itself and at the beginning of the names of nodes. */
function withoutNames(cause: string, { name, nodes }: NamedCluster): string {
  const ends = nodes.filter((node) => node.name.startsWith(name)).map((node) => literal(node.name.slice(name.length)))
  return cause.replaceAll(new RegExp(String.raw`(?<![\w-])${literal(name)}(?=(?:${ends.join('|')})?(?![\w-]))`, 'g'), '*')
}

/** A pattern that finds nothing but this text. */
function literal(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)
}
