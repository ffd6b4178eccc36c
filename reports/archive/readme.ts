import { verdictsInOrder } from '../render/text/summary.ts'
import { escapeMarkdown } from '../render/text/escape-markdown.ts'
import { totalsOf } from '../model/conformance-report.ts'
import type { StoredReport } from '../model/stored-report.ts'
import { runFolder } from './archive-format.ts'

/** What an archive holds, as far as its texts tell of it. */
export interface Archived {
  readonly report: StoredReport
  /** Of the files of the run. */
  readonly paths: readonly string[]
  /** Whether it is a published copy, which has the evidence of what Passed by digest only. */
  readonly isPublished: boolean
  /** Whether files of the run are left out. */
  readonly isThinner: boolean
}

/** What the files and folders of a run are. */
const filesOfRun = {
  'index.html': 'the page of the run: open it in a browser; it loads nothing and needs no scripts',
  'report.json': 'verdicts, reasons, times, and the digest of every file of evidence',
  'junit.xml': 'the same for a CI system',
  'run.json': 'who ran what, when, and on which machine',
  'cluster.json': 'the cluster: versions, nodes, features, images with their digests',
  'probe.json': 'how each feature of the cluster became known',
  'guarantees.json': 'the guarantees that were selected',
  'results.json': 'what the test runner said of each of them',
  'ledger.json': 'the documented statements, and which guarantees check them',
  'skipped.json': 'the guarantees that were not selected, and why',
  'seen-to-fail.json': 'when each guarantee was last seen to fail under a mutant',
  'sensitivity.json': 'the controls: guarantees that ran under mutants',
  'known-failures.yaml': 'the failures that were accepted',
  'earlier-runs.json': 'what earlier runs on the platform came to',
  'comparison.json': 'what differs from the baseline of the run',
  'comparison.md': 'the same to read',
  'chaos.jsonl': 'what was done to the requests of the suites on purpose',
  'sources.sha256': 'digests of the suites and the harness that judged',
  'own-suites.sha256': 'digests of the suites that are not of Holdfast',
  'own-suites/': 'those suites, as they ran',
  'attestation.sha256': 'the digests of all files of the run, as they were attested',
  'attestation.dsse.json': 'the signed statement about them',
  SHA256SUMS: 'the digests of the whole run that this copy was made from',
  'publication.json': 'how the copy was made',
  'README.md': 'what its maker wrote about the run',
  'evidence/': 'a folder for each guarantee',
  'logs/': 'logs of the run and of the components of the cluster',
  'mutants/': 'the runs of the controls',
  'upgrade/': 'how far the upgrade came, and when',
  'allure-results/': 'the same for Allure',
} as const

const filesOfEvidence = {
  'guarantee.json': 'the sentence, and where it is documented',
  'verdict.json': 'the verdict and its reasons',
  'history.jsonl': 'acts, observations and measurements, a line each, in one order',
  'judgements.jsonl': 'the checks that were made, on which lines of the history, and how each came out',
  'objects/': 'the objects at the end',
  'events.yaml': 'the Events at the end',
  'logs/': 'the logs of the containers',
  'findings.json': 'what went wrong beside the verdict, and which logs were empty',
  SHA256SUMS: 'the digests of the others',
} as const

/** What a reader of an archive is told first, as Markdown. It is a function of the run. */
export function readmeText({ report, paths, isPublished, isThinner }: Archived): string {
  const { run, cluster, result } = report
  const totals = totalsOf({ guarantees: report.guarantees, skipped: [] })
  const verdicts = verdictsInOrder.flatMap((verdict) => (totals[verdict] > 0 ? [`${totals[verdict]} ${verdict}`] : []))
  const facts = [
    ['run', run.id],
    ['began', run.startedAt],
    ['ended', run.endedAt],
    ['Kubernetes', cluster.versions['kubernetes'] ?? 'unknown'],
    ['CSI driver', cluster.driver],
    ['profile', run.profile ?? 'none: guarantees were named'],
    ['commit of Holdfast', run.commit],
    ['result', result],
    ['verdicts', verdicts.join(', ') || 'none'],
  ] as const
  const here = Object.entries(filesOfRun).filter(([name]) =>
    paths.some((path) => (name.endsWith('/') ? path.startsWith(name) : path === name)),
  )
  return `# A run of Holdfast

Holdfast runs suites on a Kubernetes cluster and judges whether what Kubernetes documents about state is true there. This archive has ${
    isPublished
      ? 'the published copy of one run. The evidence of some guarantees is not in it: `run/SHA256SUMS` has its digests.'
      : 'one run and all of its evidence.'
  }

${table(facts, ['what', 'value'])}
- [${runFolder}/index.html](${runFolder}/index.html) shows it in a browser.
- [VERIFY.md](VERIFY.md) shows how to verify it with \`tar\`, \`zstd\`, \`sha256sum\` and \`jq\` alone.
- [GLOSSARY.md](GLOSSARY.md) says what the words mean.

## Files of the run

They are in \`${runFolder}/\`, byte for byte${isThinner ? '. Left out is only what is empty, and `allure-results/`, which says the same again' : ''}.

${table(
  here.map(([name, what]) => [`\`${name}\``, what]),
  ['file', 'what'],
)}
## Files of the evidence of a guarantee

${table(
  Object.entries(filesOfEvidence).map(([name, what]) => [`\`${name}\``, what]),
  ['file', 'what'],
)}`
}

type Row = readonly [name: string, value: string]

function table(rows: readonly Row[], [one, other]: Row): string {
  const lines = rows.map(([name, value]) => `| ${name} | ${name.startsWith('`') ? value : escapeMarkdown(value)} |\n`)
  return `| ${one} | ${other} |\n| --- | --- |\n${lines.join('')}`
}
