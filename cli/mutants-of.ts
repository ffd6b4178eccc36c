import type { Guarantee } from '../harness/guarantee.ts'

/** Mutants that the guarantees name, each with the guarantees that must fail under it. */
export function mutantsOf(guarantees: readonly Guarantee[]): ReadonlyMap<string, readonly Guarantee[]> {
  const names = [...new Set<string>(guarantees.flatMap(({ mutants }) => mutants))].toSorted()
  return new Map(names.map((name) => [name, guarantees.filter(({ mutants }) => mutants.some((mutant) => mutant === name))]))
}
