import type { DeclaredPair } from './declared-pairs.ts'
import { type KillRecord, minorOf, pairKey } from './kill-record.ts'
import { carrierRows, inSeconds, type KillSummary, killSummary } from './kill-summary.ts'

/** `docs/kills.md`, whole: what records show of the declared pairs. */
export function killsPage(records: readonly KillRecord[], pairs: readonly DeclaredPair[]): string {
  const summary = killSummary(records, pairs)
  return `${[...headLines(summary), ...survivorLines(records), ...mendedLines(records), ...neverLines(summary), ...conceptLines(records, pairs)].join('\n')}\n`
}

function headLines(summary: KillSummary): readonly string[] {
  const { pairs, killed, alive, equivalent, neverRun, median, longest } = summary
  const slowest = summary.results.find(({ record }) => record?.outcome === 'killed' && record.seconds === longest)?.record
  const times =
    median === undefined || slowest === undefined
      ? []
      : [
          '',
          `A kill takes ${inSeconds(median)} in the median, and at most ${inSeconds(longest)}: ${code(slowest.guarantee)} under ${code(slowest.mutant)}.`,
        ]
  return [
    '# Kill table',
    '',
    'Generated from `suites/kills.json` by `./holdfast kills --write`; `npm run check` fails when it is stale.',
    '',
    'A *mutant* breaks one documented sentence on a live cluster, and each [guarantee](guarantees.md) that names it must come out `Failed`. It is',
    'killed when the judgement that failed names what it saw, and the evidence shows that the mutant took effect. Seconds count from the start of',
    'the guarantee to its verdict. Days are in UTC. Of each pair and minor of Kubernetes, the latest result is kept, and one that is no proof',
    'either way, such as `Inconclusive`, only where there is no other. A pair counts by the latest of all.',
    '',
    `Pairs of guarantee and mutant: ${pairs}. Killed: ${killed}, alive: ${alive}, equivalent: ${equivalent}, never run: ${neverRun}.`,
    ...times,
    '',
    ...tableLines(carrierRows(summary)),
  ]
}

/** Mutants that were not killed, and why. */
function survivorLines(records: readonly KillRecord[]): readonly string[] {
  const survivors = (wanted: 'alive' | 'equivalent') =>
    records.flatMap((one) =>
      one.outcome === wanted ? [[code(one.guarantee), mutantOf(one), one.verdict, one.day, one.kubernetes, cell(one.why)]] : [],
    )
  const head = ['guarantee', 'mutant', 'verdict', 'day', 'Kubernetes', 'why']
  return [
    ...section('Alive', [head, ...survivors('alive')], 'A gap in a guarantee, or a control that did not come to its end.'),
    ...section('Equivalent', [head, ...survivors('equivalent')], 'Nothing can tell these from what is not broken.'),
  ]
}

/** Mutants that once survived, and what was sharpened. */
function mendedLines(records: readonly KillRecord[]): readonly string[] {
  const rows = records.flatMap((one) => {
    const { guarantee, firstSurvived } = one
    return firstSurvived === undefined
      ? []
      : [[code(guarantee), mutantOf(one), firstSurvived.day, cell(firstSurvived.why), cell(firstSurvived.mended), one.outcome]]
  })
  const head = ['guarantee', 'mutant', 'survived on', 'why', 'what was sharpened', 'now']
  return section('Once survived', [head, ...rows], 'Each of these showed a gap, which was closed.')
}

function neverLines({ neverSeenToFail }: KillSummary): readonly string[] {
  if (neverSeenToFail.length === 0) return []
  return ['', '## Never seen to fail', '', ...neverSeenToFail.map((id) => `- ${code(id)}`)]
}

/** Every pair with its results, by concept. */
function conceptLines(records: readonly KillRecord[], pairs: readonly DeclaredPair[]): readonly string[] {
  const byPair = Map.groupBy(records, pairKey)
  const concepts = Map.groupBy(pairs, ({ guarantee }) => guarantee.split('/')[0] ?? guarantee)
  return [...concepts].flatMap(([concept, some]) => {
    const rows = some.flatMap((pair) => pairRows(pair, byPair.get(pairKey(pair)) ?? []))
    return section(concept, [['guarantee', 'mutant', 'outcome', 'by', 'after', 'day', 'Kubernetes'], ...rows])
  })
}

function pairRows(pair: DeclaredPair, records: readonly KillRecord[]): readonly (readonly string[])[] {
  const names = [code(pair.guarantee), mutantOf(pair)]
  if (records.length === 0) return [[...names, 'never run', '', '', '', '']]
  const sorted = records.toSorted((one, other) => minorOf(one.kubernetes) - minorOf(other.kubernetes))
  return sorted.map((record) => {
    const { outcome, seconds, day, kubernetes } = record
    return [...names, outcome, outcome === 'killed' ? cell(record.judgement) : '', inSeconds(seconds), day, kubernetes]
  })
}

function mutantOf({ mutant, component }: Pick<KillRecord, 'mutant' | 'component'>): string {
  return component === undefined ? code(mutant) : `${code(mutant)} in ${component}`
}

/** A table under a heading; nothing where it has no row but its head. */
function section(heading: string, rows: readonly (readonly string[])[], sentence?: string): readonly string[] {
  if (rows.length < 2) return []
  return ['', `## ${heading}`, '', ...(sentence === undefined ? [] : [sentence, '']), ...tableLines(rows)]
}

function tableLines([head = [], ...rows]: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}

function code(name: string): string {
  return `\`${name}\``
}

/** Text that Markdown shows as it is, in one cell. */
function cell(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\|<>*_`[\]]/g, (sign) => `\\${sign}`)
}
