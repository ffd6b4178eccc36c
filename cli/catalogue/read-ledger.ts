import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import type { clausesSchema, CoveredClause } from '../../reports/model/clauses.ts'
import { type CoveredEntry, documentsSchema, ledgerAreaSchema } from '../../reports/model/ledger.ts'
import type { SuiteEntry } from './guarantee-catalogue.ts'
import { UsageError } from '../shell/usage-error.ts'

const documentsFile = 'documents.yaml'

/** Where the files of a ledger are. */
interface LedgerDirectory {
  readonly path: string
  /** How messages name it. */
  readonly shown: string
  /** What is said to do about a fault. */
  readonly fix: string
}

/** What a ledger states, and where. */
export interface LedgerStatements {
  readonly entries: readonly CoveredEntry[]
  /** File and line of each entry, for messages, by its id. */
  readonly places: ReadonlyMap<string, string>
}

/**
 * Every documented statement of the ledger with the guarantees that say they prove it, areas in the order of their names. Throws a
 * `UsageError` for a file that is not as the ledger's files are, and for an entry that is stated twice.
 */
export function readLedger(root: string, catalogue: readonly SuiteEntry[]): readonly CoveredEntry[] {
  const fix = 'Correct the file; "npm run check" shows the next fault.'
  const guarantees = catalogue.flatMap((suite) => suite.guarantees)
  return ledgerIn({ path: join(root, 'suites', 'ledger'), shown: join('suites', 'ledger'), fix }, guarantees).entries
}

/** Areas of the ledger of Holdfast: the first parts of the ids of its entries. */
export function areasOfLedger(root: string): readonly string[] {
  return areaFiles(join(root, 'suites', 'ledger')).map((file) => basename(file, '.yaml'))
}

/** The ledger in any directory. Throws as `readLedger` does. Without a file of documents, its entries name none. */
export function ledgerIn(directory: LedgerDirectory, guarantees: readonly Guarantee[]): LedgerStatements {
  const titles = existsSync(join(directory.path, documentsFile)) ? readLedgerFile(directory, documentsFile, documentsSchema).content : {}
  const places = new Map<string, string>()
  const entries = areaFiles(directory.path).flatMap((file) => {
    const read = readLedgerFile(directory, file, ledgerAreaSchema)
    return read.content.entries.map(({ documents, clauses, ...entry }, at): CoveredEntry => {
      const line = read.lineOf(['entries', at])
      const wrong = (fault: string) => malformed(directory, { file, line, fault })
      if (places.has(entry.id) || !entry.id.startsWith(`${basename(file, '.yaml')}.`))
        throw wrong(`has an entry ${entry.id} that is a duplicate or belongs to another area`)
      places.set(entry.id, `${join(directory.shown, file)} line ${line}`)
      return {
        ...entry,
        area: read.content.title,
        ...(documents !== undefined && { documents: titled(documents, titles, wrong) }),
        ...(clauses !== undefined && { clauses: coveredClauses(entry.id, { clauses, guarantees }) }),
        guarantees: guarantees.filter(({ proves }) => Object.hasOwn(proves, entry.id)).map(({ id }) => id),
      }
    })
  })
  return { entries, places }
}

function areaFiles(directory: string): readonly string[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.yaml') && file !== documentsFile)
    .toSorted()
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
  titles: Readonly<Record<string, string>>,
  wrong: (fault: string) => UsageError,
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(documents).map(([name, sections]) => {
      const title = titles[name]
      if (title === undefined) throw wrong(`names document ${name}, which has no title in ${documentsFile}`)
      return [title, [...sections]]
    }),
  )
}

/** The content of a file, and the line on which what is at a path in it begins. */
interface LedgerFile<T> {
  readonly content: T
  readonly lineOf: (path: readonly PropertyKey[]) => number
}

function readLedgerFile<T>(directory: LedgerDirectory, file: string, schema: z.ZodType<T>): LedgerFile<T> {
  const counter = new LineCounter()
  const document = parseDocument(readFileSync(join(directory.path, file), 'utf8'), { lineCounter: counter })
  const [error] = document.errors
  if (error !== undefined) {
    const [first = ''] = error.message.split('\n')
    const fault = `is not valid YAML: ${first.replace(/ at line \d+, column \d+:?$/, '')}`
    throw malformed(directory, { file, line: error.linePos?.[0].line ?? 1, fault })
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true)
    const [offset] = isNode(node) ? (node.range ?? []) : []
    return offset === undefined && path.length > 0 ? lineOf(path.slice(0, -1)) : counter.linePos(offset ?? 0).line
  }
  const parsed = schema.safeParse(document.toJS())
  if (parsed.success) return { content: parsed.data, lineOf }
  const [issue] = parsed.error.issues
  const path = issue?.path ?? []
  throw malformed(directory, { file, line: lineOf(path), fault: `has an invalid ${path.join('.') || 'form'}: ${issue?.message ?? ''}` })
}

function malformed(
  { shown, fix }: LedgerDirectory,
  { file, line, fault }: { readonly file: string; readonly line: number; readonly fault: string },
): UsageError {
  return new UsageError(`Ledger file ${join(shown, file)} line ${line} ${fault}.`, { fix })
}
