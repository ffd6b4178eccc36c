import type { Guarantee } from '../../harness/engine/guarantee.ts'
import type { SuiteEntry } from '../catalogue/guarantee-catalogue.ts'

/** Suites in the order in which they are best started: what is slow first, so that it lengthens nothing; what runs alone last. */
export function sortSuites(suites: readonly SuiteEntry[], wanted: ReadonlySet<Guarantee['id']>): readonly SuiteEntry[] {
  const rank = ({ guarantees }: SuiteEntry) => {
    const run = guarantees.filter(({ id }) => wanted.has(id))
    if (run.some(({ disruptive }) => disruptive)) return 2
    return run.some(({ pace }) => pace === 'slow') ? 0 : 1
  }
  return suites.toSorted((a, b) => rank(a) - rank(b))
}
