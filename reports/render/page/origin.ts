import { counted } from '../../../contract/counted.ts'
import type { ConformanceReport } from '../../model/conformance-report.ts'
import type { OwnSuitesRecord } from '../../model/own-suites.ts'
import { type Markup, markup, type MarkupValue, webLink } from '../markup.ts'

/** Who started a run and from where, as rows of the page's overview. */
export function originFacts({ run }: Pick<ConformanceReport, 'run'>): readonly (readonly [string, MarkupValue])[] {
  const { assessor, holdfastVersion, commit, repository, changedFiles = [], ci, ownSuites = [], shards } = run
  return [
    ...(assessor === undefined ? [] : [['Assessor', assessor] as const]),
    ['Holdfast', `${holdfastVersion}, commit ${commit}${repository === undefined ? '' : ` of ${repository}`}`],
    ...(changedFiles.length === 0 ? [] : [['Files that differ from the commit', changedFiles.join(', ')] as const]),
    ...(ci === undefined ? [] : [['Started by', startedBy(ci)] as const]),
    ...ownSuites.map((suites) => ['Suites that are not of Holdfast', inWords(suites)] as const),
    ...(shards === undefined ? [] : [['Shards', shardsText(shards)] as const]),
  ]
}

function inWords({ name, areas, files, sha256 }: OwnSuitesRecord): string {
  return `${name}: ${areas.map((area) => `${area}/*`).join(', ')}; ${counted(files, 'files')}, SHA-256 of their list ${sha256}`
}

/** How the work was shared: `4 Pods of the cluster, on a and b; shard 2 was started 2 times`. */
function shardsText(shards: NonNullable<ConformanceReport['run']['shards']>): string {
  const nodes = [...new Set(shards.flatMap(({ starts }) => starts.map(({ node }) => node)))].toSorted()
  const again = shards
    .filter(({ starts }) => starts.length > 1)
    .map(({ shard, starts }) => `shard ${shard} was started ${starts.length} times`)
  return [`${counted(shards.length, 'Pods')} of the cluster, on ${nodes.join(' and ') || 'no node'}`, ...again].join('; ')
}

function startedBy({ name, url }: NonNullable<ConformanceReport['run']['ci']>): Markup {
  const system = name === 'unknown' ? 'a CI system that is not known' : name
  return url === undefined ? markup`${system}` : webLink(url, `${system}: ${url}`)
}
