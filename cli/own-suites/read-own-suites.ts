import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { type CoveredEntry, statusOf } from '../../reports/model/ledger.ts'
import { clauseFaults, scenarioLabels } from '../catalogue/clause-faults.ts'
import { refuseRepeatedIds, type SuiteEntry } from '../catalogue/guarantee-catalogue.ts'
import { guaranteeLiterals, judgementLabels, literalsByLine } from '../catalogue/guarantee-literals.ts'
import { ledgerFaults } from '../catalogue/ledger-faults.ts'
import { areasOfLedger, ledgerIn, type LedgerStatements } from '../catalogue/read-ledger.ts'
import { projectRoot } from '../shell/project-root.ts'
import { UsageError } from '../shell/usage-error.ts'
import { refuseHiddenChecks } from './own-checks.ts'
import { isSuite, type SuiteDirectory, suiteDirectories } from './suite-directory.ts'

/** Suites that are not of Holdfast, and what they prove. */
export interface OwnSuites {
  readonly directories: readonly SuiteDirectory[]
  readonly catalogue: readonly SuiteEntry[]
  /** The statements of their ledgers, each with the guarantees that check it. */
  readonly ledger: readonly CoveredEntry[]
}

/**
 * Reads suites of one's own and their ledgers, without running them. Throws a `UsageError` with file and line for the first thing that is
 * wrong with them, and for what cannot be told from what Holdfast has: ids and areas.
 *
 * @param ofHoldfast - The suites of Holdfast.
 */
export function readOwnSuites(named: readonly string[], ofHoldfast: readonly SuiteEntry[]): OwnSuites {
  const areas = new Set(areasOfLedger(projectRoot))
  const concepts = new Set(ofHoldfast.flatMap(({ name, guarantees }) => [name, ...guarantees.map(({ id }) => id)].map(firstPart)))
  const read = suiteDirectories(named).map((directory) => readOne(directory, { areas, concepts }))
  const catalogue = read.flatMap(({ suites }) => suites)
  refuseRepeatedIds(catalogue)
  refuseRepeatedEntries(read.map(({ ledger }) => ledger))
  return { directories: read.map(({ directory }) => directory), catalogue, ledger: read.flatMap(({ ledger }) => ledger.entries) }
}

/** What ids of one's own may not begin with. */
interface Taken {
  /** Areas of the ledger of Holdfast. */
  readonly areas: ReadonlySet<string>
  /** First parts of the ids of its guarantees, and folders of its suites. */
  readonly concepts: ReadonlySet<string>
}

interface ReadDirectory {
  readonly directory: SuiteDirectory
  readonly suites: readonly SuiteEntry[]
  readonly ledger: LedgerStatements
}

function readOne(directory: SuiteDirectory, taken: Taken): ReadDirectory {
  const { path, files } = directory
  const places = new Map<string, string>()
  const programs = files.filter((file) => /\.m?[jt]s$/.test(file)).map((file) => ({ file, text: readFileSync(join(path, file), 'utf8') }))
  for (const { file, text } of programs) refuseHiddenChecks(join(path, file), text)
  const shared = programs.filter(({ file }) => !isSuite(file)).flatMap(({ file, text }) => judgementLabels(join(path, file), text))
  const suites = programs.filter(({ file }) => isSuite(file)).map(({ file, text }) => suiteOf(join(path, file), text, places))
  const guarantees = suites.flatMap((suite) => suite.guarantees)
  for (const { id } of guarantees) {
    if (!taken.concepts.has(firstPart(id))) continue
    throw new UsageError(`Suite ${places.get(id) ?? path} has guarantee ${id}, and ${firstPart(id)}/ is of Holdfast.`, {
      fix: 'Begin the ids of your guarantees with another word, such as the name of your operator.',
    })
  }
  const shown = join(path, 'ledger')
  const ledger = ledgerIn({ path: shown, shown, fix: 'Correct the file; docs/write-your-own-suites.md says what is in it.' }, guarantees)
  for (const [entry, place] of ledger.places) {
    if (!taken.areas.has(areaOf(entry))) continue
    throw new UsageError(`Ledger file ${place} has entry ${entry}, and the area ${areaOf(entry)} is of Holdfast.`, {
      fix: 'Name the file and the area otherwise, such as after your operator.',
    })
  }
  refuseFaults({ suites, ledger, places, labels: [...shared, ...scenarioLabels(projectRoot)] })
  return { directory, suites, ledger }
}

function suiteOf(file: string, text: string, places: Map<string, string>): SuiteEntry {
  const guarantees = guaranteeLiterals(file, text, 'own')
  const lines = literalsByLine(file, text)
  if (guarantees.length === 0)
    throw new UsageError(`Suite ${file} has no guarantee.`, {
      fix: 'Call conformance({ id: … }, async ({ … }) => { … }), or remove the file.',
    })
  for (const [index, { id }] of guarantees.entries()) places.set(id, `${file} line ${lines[index]?.line ?? 1}`)
  return { name: file, file, guarantees, labels: judgementLabels(file, text) }
}

interface Read {
  readonly suites: readonly SuiteEntry[]
  readonly ledger: LedgerStatements
  /** File and line of each guarantee. */
  readonly places: ReadonlyMap<string, string>
  /** Labels of judgements outside of suites. */
  readonly labels: readonly string[]
}

/** Throws for the first thing in which suites and ledger contradict each other. An entry that nothing checks yet is none. */
function refuseFaults({ suites, ledger, places, labels: shared }: Read): void {
  const checked = ledger.entries.filter((entry) => statusOf(entry) !== 'no check yet')
  for (const entry of checked) {
    const [fault] = clauseFaults([entry], { catalogue: [], shared })
    if (fault !== undefined) throw faulty(`Ledger file ${ledger.places.get(entry.id) ?? ''}`, fault)
  }
  for (const suite of suites) {
    for (const guarantee of suite.guarantees) {
      const catalogue = [{ ...suite, guarantees: [guarantee] satisfies readonly Guarantee[] }]
      const [fault] = [...ledgerFaults(checked, catalogue), ...clauseFaults(checked, { catalogue, shared })]
      if (fault !== undefined) throw faulty(`Suite ${places.get(guarantee.id) ?? ''}`, fault)
    }
  }
}

function faulty(place: string, fault: string): UsageError {
  return new UsageError(`${place}: ${fault}`, { fix: 'Correct either of them: the ledger says what is stated, "proves" what is shown.' })
}

function refuseRepeatedEntries(ledgers: readonly LedgerStatements[]): void {
  const seen = new Map<string, string>()
  for (const [entry, place] of ledgers.flatMap(({ places }) => [...places])) {
    const other = seen.get(entry)
    if (other !== undefined)
      throw new UsageError(`Entry ${entry} is stated twice: in ${other} and in ${place}.`, { fix: 'Give each entry its own id.' })
    seen.set(entry, place)
  }
}

function firstPart(id: string): string {
  return id.split('/')[0] ?? id
}

function areaOf(entry: string): string {
  return entry.split('.')[0] ?? entry
}
