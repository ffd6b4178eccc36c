import { globSync, readFileSync } from 'node:fs'
import { join, matchesGlob, resolve } from 'node:path'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { guaranteeLiterals, judgementLabels } from './guarantee-literals.ts'
import { didYouMean } from '../../contract/nearest-name.ts'
import { UsageError } from '../shell/usage-error.ts'
import { codeEnding } from '../../contract/distribution.ts'

/** One suite and the guarantees it proves. */
export interface SuiteEntry {
  /** `<concept>/<name>`, the path of the suite below `suites/` without its ending. */
  readonly name: string
  /** Absolute path of a suite of one's own; absent for those of Holdfast. */
  readonly file?: string
  readonly guarantees: readonly Guarantee[]
  /** Labels that its judgements have. */
  readonly labels: readonly string[]
}

const ending = `.suite${codeEnding}`

/** Every suite of the checkout with its guarantees, read from the files without running them. */
export function readCatalogue(root: string): readonly SuiteEntry[] {
  const suites = globSync(`**/*${ending}`, { cwd: join(root, 'suites') })
    .toSorted()
    .map((file) => {
      const text = readFileSync(join(root, 'suites', file), 'utf8')
      const [guarantees, labels] = [guaranteeLiterals(`suites/${file}`, text), judgementLabels(`suites/${file}`, text)]
      return { name: file.slice(0, -ending.length), guarantees, labels }
    })
  refuseRepeatedIds(suites)
  return suites
}

/** Path of a suite: from the root of the checkout, or absolute for one of one's own. */
export function fileOfSuite({ name, file }: Pick<SuiteEntry, 'name' | 'file'>): string {
  return file ?? join('suites', `${name}${ending}`)
}

/** Throws a `UsageError` for a guarantee that two suites define, or one twice. */
export function refuseRepeatedIds(suites: readonly SuiteEntry[]): void {
  const seen = new Map<string, string>()
  for (const suite of suites) {
    for (const { id } of suite.guarantees) {
      const other = seen.get(id)
      if (other !== undefined) {
        throw new UsageError(`Guarantee ${id} is defined twice: in suite ${other} and in suite ${suite.file ?? suite.name}.`, {
          fix: 'Give each guarantee its own id.',
        })
      }
      seen.set(id, suite.file ?? suite.name)
    }
  }
}

/**
 * The guarantees that names on the command line stand for: a concept, a suite, a guarantee id, a pattern such as `statefulset/*` or an
 * entry of the ledger each; none means all. Throws a `UsageError` with the nearest name for a name that stands for nothing.
 */
export function selectGuarantees(catalogue: readonly SuiteEntry[], names: readonly string[]): readonly Guarantee[] {
  const all = catalogue.flatMap(({ guarantees }) => guarantees)
  if (names.length === 0) return all
  const selected = new Set<Guarantee>()
  for (const name of names) {
    const found = named(catalogue, name)
    if (found.length === 0) throw unknownName(catalogue, name)
    for (const guarantee of found) selected.add(guarantee)
  }
  return all.filter((guarantee) => selected.has(guarantee))
}

function named(catalogue: readonly SuiteEntry[], name: string): readonly Guarantee[] {
  const all = catalogue.flatMap(({ guarantees }) => guarantees)
  if (name.includes('*')) return all.filter(({ id }) => matchesGlob(id, name))
  const proving = all.filter(({ proves }) => Object.hasOwn(proves, name))
  if (proving.length > 0) return proving
  const wanted = name
    .replace(/^(?:\.\/)?suites\//, '')
    .replace(/\.suite\.[jt]s$/, '')
    .replace(/\/$/, '')
  return catalogue.flatMap((suite) => {
    const [concept] = suite.name.split('/')
    // A suite of one's own may be called as one of Holdfast is: it goes by its path.
    if (suite.file === undefined ? suite.name === wanted || concept === wanted : suite.file === resolve(name)) return suite.guarantees
    return suite.guarantees.filter(({ id }) => id === wanted || id.split('/')[0] === wanted)
  })
}

function unknownName(catalogue: readonly SuiteEntry[], name: string): UsageError {
  const ids = catalogue.flatMap(({ guarantees }) => guarantees.map(({ id }) => id))
  const names = catalogue.flatMap((suite) => (suite.file === undefined ? [suite.name] : []))
  const concepts = [...names, ...ids].map((known) => known.split('/')[0] ?? known)
  const candidates = [...new Set([...ids, ...names, ...concepts])]
  return new UsageError(`There is no suite or guarantee ${name}.${didYouMean(name, candidates)}`, {
    fix: 'Run "holdfast guarantees" for the list.',
  })
}
