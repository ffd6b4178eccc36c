import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import type { CoveredEntry } from '../../reports/model/ledger.ts'
import type { SuiteEntry } from './guarantee-catalogue.ts'
import { judgementLabels } from './guarantee-literals.ts'
import { codeEnding } from '../../contract/distribution.ts'

/** Labels that judgements of the scenarios have, which several suites share. */
export function scenarioLabels(root: string): readonly string[] {
  const files = globSync(`harness/scenarios/**/*${codeEnding}`, { cwd: root }).toSorted()
  return files.flatMap((file) => judgementLabels(file, readFileSync(join(root, file), 'utf8')))
}

/**
 * What is wrong between the clauses of the ledger and the judgements that decide them, a sentence each. `shared` are labels of judgements
 * outside of the suites.
 */
export function clauseFaults(
  entries: readonly CoveredEntry[],
  { catalogue, shared }: { readonly catalogue: readonly SuiteEntry[]; readonly shared: readonly string[] },
): readonly string[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return [
    ...entries.flatMap(faultsOfEntry),
    ...catalogue.flatMap(({ guarantees, labels }) =>
      guarantees.flatMap((guarantee) => faultsOfGuarantee(guarantee, { byId, labels: [...labels, ...shared] })),
    ),
  ]
}

function faultsOfEntry({ id, verdict, guarantees, clauses }: CoveredEntry): readonly string[] {
  if (guarantees.length === 0) return []
  if (clauses === undefined) return [`Entry ${id} is checked, but has no clauses.`]
  return clauses.flatMap(({ key, branch, nobody, judgedBy }) => [
    ...(branch !== undefined && verdict !== 'conditional' ? [`Clause ${key} of ${id} has a branch, but ${id} is not conditional.`] : []),
    ...(branch === undefined && verdict === 'conditional' ? [`Clause ${key} of ${id} must say its branch: ${id} is conditional.`] : []),
    ...(nobody !== undefined && Object.keys(judgedBy).length > 0 ? [`Clause ${key} of ${id} is judged, yet says that nobody can.`] : []),
  ])
}

function faultsOfGuarantee(
  { id, proves }: Guarantee,
  { byId, labels }: { readonly byId: ReadonlyMap<string, CoveredEntry>; readonly labels: readonly string[] },
): readonly string[] {
  return Object.entries(proves).flatMap(([entry, proofs]) => {
    const known = byId.get(entry)?.clauses
    if (known === undefined) return []
    const keys = Object.keys(proofs)
    return [
      ...(keys.length === 0 ? [`Guarantee ${id} proves ${entry}, but decides none of its clauses: ${listed(known)}.`] : []),
      ...keys
        .filter((key) => !known.some((clause) => clause.key === key))
        .map((key) => `Guarantee ${id} decides clause ${key} of ${entry}, which has ${listed(known)}.`),
      ...Object.values(proofs)
        .flat()
        .filter((label) => !labels.includes(label))
        .map((label) => `Guarantee ${id} proves ${entry} by judgement ${label}, but none of its judgements has that label.`),
    ]
  })
}

function listed(clauses: readonly { readonly key: string }[]): string {
  return clauses.map(({ key }) => key).join(', ')
}
