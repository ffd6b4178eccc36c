import type { ComponentMutant } from '../../clusters/index.ts'
import { type Mutant, mutants } from '../../clusters/mutants/catalogue.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import type { PairKey } from './kill-record.ts'

/** A mutant and a guarantee that must fail under it. */
export interface DeclaredPair extends PairKey {
  /** What carries the mutant: the component that it is compiled into, or how it acts. */
  readonly carrier: string
  /** Why nothing can tell the mutant from what is not broken; absent where the guarantee must. */
  readonly equivalent?: string | undefined
}

const carriers = {
  class: 'CSI driver',
  policy: 'admission policy',
  injector: 'injector',
  location: 'backup location',
} as const satisfies Readonly<Record<Mutant['by'], string>>

/** Every pair that the suites and the mutants of components declare, in order of guarantees. */
export function declaredPairs(guarantees: readonly Guarantee[], components: readonly ComponentMutant[]): readonly DeclaredPair[] {
  return guarantees.flatMap(({ id, mutants: names }) => [
    ...names.map((mutant) => ({ guarantee: id, mutant, carrier: carriers[mutants[mutant].by] })),
    ...components
      .filter(({ killedBy }) => killedBy === id)
      .map(({ name, component, equivalent }) => ({ guarantee: id, mutant: name, component, carrier: component, equivalent })),
  ])
}
