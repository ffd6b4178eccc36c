import type { MutantName } from '../../clusters/mutants/catalogue.ts'
import type { Feature } from '../../contract/cluster-record.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'

/** Mutants that the guarantees name, each with the guarantees that must fail under it. */
export function mutantsOf(guarantees: readonly Guarantee[]): ReadonlyMap<MutantName, readonly Guarantee[]> {
  const names = [...new Set(guarantees.flatMap(({ mutants }) => mutants))].toSorted()
  return new Map(names.map((name) => [name, guarantees.filter(({ mutants }) => mutants.includes(name))]))
}

/**
 * Guarantees that a cluster with these features can put to the test. The others are `NotSupported` there, under a mutant too: nothing is
 * shown by them.
 */
export function supported(guarantees: readonly Guarantee[], features: readonly Feature[]): readonly Guarantee[] {
  return guarantees.filter(({ requires }) => requires.every((feature) => features.includes(feature)))
}
