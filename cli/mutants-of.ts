import type { Feature } from '../clusters/record.ts'
import type { Guarantee } from '../harness/guarantee.ts'

/** Which mutants of a guarantee are meant: every one that it names, or the first, which it names first because it says most. */
export type MutantsEach = 'all' | 'first'

/** Mutants that the guarantees name, each with the guarantees that must fail under it. */
export function mutantsOf(guarantees: readonly Guarantee[], each: MutantsEach = 'all'): ReadonlyMap<string, readonly Guarantee[]> {
  const named = ({ mutants }: Guarantee): readonly string[] => (each === 'all' ? mutants : mutants.slice(0, 1))
  const names = [...new Set(guarantees.flatMap(named))].toSorted()
  return new Map(names.map((name) => [name, guarantees.filter((guarantee) => named(guarantee).includes(name))]))
}

/** Guarantees that a cluster with these features can put to the test. The others are `NotSupported` there, under a mutant too: nothing is shown by them. */
export function supported(guarantees: readonly Guarantee[], features: readonly Feature[]): readonly Guarantee[] {
  return guarantees.filter(({ requires }) => requires.every((feature) => features.includes(feature)))
}
