import type { CoveredClause } from '../../reports/model/clauses.ts'
import { byArea, type CoveredEntry, type CoverageStatus, statusOf } from '../../reports/model/ledger.ts'

const statuses: readonly CoverageStatus[] = ['checked', 'not testable', 'no check yet']

/** The part of `docs/guarantees.md` on the ledger: how much of each area is checked, and what becomes of each entry. */
export function ledgerLines(entries: readonly CoveredEntry[]): readonly string[] {
  const areas = [...byArea(entries)]
  const rows = [...areas, ['All', entries] as const].map(([area, some]) => {
    const counts = statuses.map((status) => some.filter((entry) => statusOf(entry) === status).length)
    const clauses = some.flatMap((entry) => entry.clauses ?? [])
    return `| ${[area, some.length, ...counts, clauses.length, clauses.filter(isJudged).length].join(' | ')} |`
  })
  return [
    '',
    '## Documented statements',
    '',
    'The ledger in [suites/ledger](../suites/ledger) holds every statement about state that Holdfast knows of. A *refuted* one is wrong as documents',
    'state it: what is checked is what Kubernetes does instead. A *conditional* one holds under the condition given, and its checks show it for the',
    'conditions they meet. A statement is a list of *clauses*, each decided by judgements that have a label; it is proven in a run in which all',
    'of its clauses were upheld.',
    '',
    `| area | statements | ${statuses.join(' | ')} | clauses | judged |`,
    `| --- | --- | ${statuses.map(() => '---').join(' | ')} | --- | --- |`,
    ...rows,
    ...areas.flatMap(([area, some]) => ['', `### ${area}`, '', ...some.flatMap(entryLines)]),
  ]
}

function entryLines(entry: CoveredEntry): readonly string[] {
  const { id, level, verdict, statement, when, instead, since, gate } = entry
  const from = since === undefined ? '' : ` Since Kubernetes ${since}${gate === undefined ? '' : `, feature gate ${gate}`}.`
  const truth = [from, when === undefined ? '' : ` When: ${when}.`, instead === undefined ? '' : ` Correct: ${instead}`]
    .join('')
    .replace('..', '.')
  return [`- \`${id}\` **${level}**, ${verdict}: ${statement}${truth} *${coverage(entry)}*`, ...(entry.clauses ?? []).map(clauseLine)]
}

function clauseLine(clause: CoveredClause): string {
  const { key, branch, states, nobody, judgedBy } = clause
  const judges = Object.entries(judgedBy).map(([guarantee, labels]) => `${guarantee} (${labels.map((label) => `\`${label}\``).join(', ')})`)
  const how = isJudged(clause)
    ? `Judged by ${judges.join(', ')}.`
    : nobody === undefined
      ? 'Not judged yet.'
      : `Nobody can decide it: ${nobody}`
  return `  - \`${key}\`${branch === undefined ? '' : ` (condition ${branch})`}: ${states} *${how}*`
}

function isJudged({ judgedBy }: CoveredClause): boolean {
  return Object.keys(judgedBy).length > 0
}

function coverage(entry: CoveredEntry): string {
  const { guarantees, notTestable = '' } = entry
  switch (statusOf(entry)) {
    case 'checked':
      return `Checked by ${guarantees.join(', ')}.`
    case 'not testable':
      return `Not testable: ${notTestable}.`
    case 'no check yet':
      return 'No check yet.'
  }
}
