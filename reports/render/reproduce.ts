import type { ConformanceReport } from '../model/conformance-report.ts'
import { changesFile } from '../model/run-changes.ts'
import { ownSuitesFolder } from '../model/own-suites.ts'
import { knownFailuresFile } from '../known-failures/section.ts'

/** How to do a run again: one command of a shell, to be given in the directory of the run, and what it cannot bring back. */
export interface Reproduction {
  readonly command: string
  readonly notes: readonly string[]
}

/** Flags that name the user's own things or change only what is left behind, with or without a value. */
const dropped = {
  '--cluster': true,
  '--assessor': true,
  '--baseline': true,
  '--config': true,
  '--stop-after': true,
  '--retain': false,
  '--keep-failed': false,
}

/** Commands that run suites on a new cluster unless told otherwise. */
const runs = /^holdfast run\b/

/**
 * The command that does a run again. What the run keeps is taken from its directory: changes on top of the commit, suites of one's own and
 * known failures. What was chosen by settings or by a kept cluster becomes a flag.
 */
export function reproductionOf(report: ConformanceReport, hasFile: (path: string) => boolean): Reproduction {
  const { run, cluster } = report
  const { repository, changedFiles = [] } = run
  const commit = /^[0-9a-f]+/.exec(run.commit)?.[0]
  const isChanged = run.commit.endsWith('-dirty') || changedFiles.length > 0
  const hasChanges = isChanged && hasFile(changesFile)
  const holdfast = holdfastCommand(report)
  const steps = [
    ...(repository === undefined ? [] : [`git clone ${repository} holdfast`, 'cd holdfast']),
    ...(commit === undefined ? [] : [`git checkout ${commit}`]),
    ...(hasChanges ? [`git apply "$run/${changesFile}"`] : []),
    holdfast,
  ]
  const usesRun = hasChanges || holdfast.includes('$run/')
  const isForeign = cluster.profile === 'existing'
  return {
    command: [...(usesRun ? ['run=$PWD'] : []), ...steps].join(' && '),
    notes: [
      ...(usesRun ? ['Give it in the directory of this report.'] : []),
      ...(repository === undefined ? [`The run does not know the address of its repository: begin in a checkout of Holdfast.`] : []),
      ...(commit === undefined ? [`The run knew no commit: use version ${run.holdfastVersion}.`] : []),
      ...(isChanged && !hasChanges
        ? ['Files differed from the commit, and the run did not keep how: it cannot be done again exactly.']
        : []),
      ...(isForeign ? ['The cluster was not made by Holdfast: name yours in its place.'] : []),
      ...(cluster.configured === undefined || isForeign
        ? []
        : ['The settings of the cluster are above, under "Configured with": put them into holdfast.yaml.']),
    ],
  }
}

function holdfastCommand({ run, cluster, guarantees, knownFailures }: ConformanceReport): string {
  if (!runs.test(run.command)) return `./${run.command}`
  const typed = withoutDropped(run.command.split(' ').slice(2))
  const kept = withFiles(typed, { own: run.ownSuites?.map(({ name }) => name) ?? [], hasKnownFailures: knownFailures !== undefined })
  const flags = new Set(kept.filter((word) => word.startsWith('--')))
  const kubernetes = cluster.versions['kubernetes']?.replace(/^v/, '')
  const workers = cluster.nodes.filter(({ role }) => role === 'worker').length
  const isNamed = run.profile === undefined && !kept.some((word) => !word.startsWith('--'))
  const profile = run.profile ?? (cluster.profile === 'velero' ? 'velero' : undefined)
  const added =
    cluster.profile === 'existing'
      ? []
      : [
          ...(flags.has('--profile') || profile === undefined ? [] : ['--profile', profile]),
          ...(flags.has('--kubernetes') || kubernetes === undefined ? [] : ['--kubernetes', kubernetes]),
          ...(flags.has('--workers') || profile === 'velero' || workers === 0 ? [] : ['--workers', String(workers)]),
        ]
  return ['./holdfast', 'run', ...kept, ...(isNamed ? guarantees.map(({ id }) => id) : []), ...added].join(' ')
}

/** Values of a flag go up to the next one: the command was stored without quotes. */
function withoutDropped(words: readonly string[]): readonly string[] {
  const kept: string[] = []
  let isDropped = false
  for (const word of words) {
    const [flag = ''] = word.split('=')
    if (flag in dropped) {
      isDropped = dropped[flag as keyof typeof dropped] && !word.includes('=')
      continue
    }
    if (word.startsWith('--')) isDropped = false
    if (!isDropped) kept.push(word)
  }
  return kept
}

interface KeptFiles {
  readonly own: readonly string[]
  readonly hasKnownFailures: boolean
}

/** The copies in the run in place of files and directories of whoever ran it. */
function withFiles(words: readonly string[], { own, hasKnownFailures }: KeptFiles): readonly string[] {
  const others: string[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    const [flag] = word.split('=')
    if (flag !== '--suites' && flag !== '--known-failures') others.push(word)
    else if (!word.includes('=')) index += 1
  }
  const suites = own.flatMap((name) => ['--suites', `"$run/${ownSuitesFolder}/${name}"`])
  return [...others, ...suites, ...(hasKnownFailures ? ['--known-failures', `"$run/${knownFailuresFile}"`] : [])]
}
