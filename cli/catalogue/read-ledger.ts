import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import type { z } from 'zod'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import type { clausesSchema, CoveredClause } from '../../reports/model/clauses.ts'
import { type CoveredEntry, documentsSchema, ledgerAreaSchema } from '../../reports/model/ledger.ts'
import type { SuiteEntry } from './guarantee-catalogue.ts'
import { UsageError } from '../shell/usage-error.ts'

const documentsFile = 'documents.yaml'

/**
 * Every documented statement of the ledger with the guarantees that say they prove it, areas in the order of their names. Throws a
 * `UsageError` for a file that is not as the ledger's files are, and for an entry that is stated twice.
 */
export function readLedger(root: string, catalogue: readonly SuiteEntry[]): readonly CoveredEntry[] {
  const directory = join(root, 'suites', 'ledger')
  const titles = readLedgerFile(directory, documentsFile, documentsSchema)
  const files = readdirSync(directory).filter((file) => file.endsWith('.yaml') && file !== documentsFile)
  const guarantees = catalogue.flatMap((suite) => suite.guarantees)
  const seen = new Set<string>()
  return files.toSorted().flatMap((file) => {
    const { title, entries } = readLedgerFile(directory, file, ledgerAreaSchema)
    return entries.map(({ documents, clauses, ...entry }) => {
      if (seen.has(entry.id) || !entry.id.startsWith(`${basename(file, '.yaml')}.`)) {
        throw malformed(file, `has an entry ${entry.id} that is a duplicate or belongs to another area`)
      }
      seen.add(entry.id)
      return {
        ...entry,
        area: title,
        ...(documents !== undefined && { documents: titled(documents, { titles, file }) }),
        ...(clauses !== undefined && { clauses: coveredClauses(entry.id, { clauses, guarantees }) }),
        guarantees: guarantees.filter(({ proves }) => Object.hasOwn(proves, entry.id)).map(({ id }) => id),
      }
    })
  })
}

function coveredClauses(
  entry: string,
  { clauses, guarantees }: { readonly clauses: z.infer<typeof clausesSchema>; readonly guarantees: readonly Guarantee[] },
): CoveredClause[] {
  return Object.entries(clauses).map(([key, clause]) => ({
    key,
    ...clause,
    judgedBy: Object.fromEntries(
      guarantees.flatMap(({ id, proves }) => {
        const labels = Object.entries(proves).find(([proved]) => proved === entry)?.[1][key]
        return labels === undefined ? [] : [[id, [labels].flat()]]
      }),
    ),
  }))
}

function titled(
  documents: Readonly<Record<string, readonly string[]>>,
  { titles, file }: { readonly titles: Readonly<Record<string, string>>; readonly file: string },
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(documents).map(([name, sections]) => {
      const title = titles[name]
      if (title === undefined) throw malformed(file, `names document ${name}, which has no title in ${documentsFile}`)
      return [title, [...sections]]
    }),
  )
}

function readLedgerFile<T>(directory: string, file: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parse(readFileSync(join(directory, file), 'utf8')))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw malformed(file, `has an invalid ${issue?.path.join('.') ?? 'form'}: ${issue?.message ?? ''}`)
}

function malformed(file: string, fault: string): UsageError {
  return new UsageError(`Ledger file suites/ledger/${file} ${fault}.`, { fix: 'Correct the file; "npm run check" shows the next fault.' })
}
