import { type MutantName, mutants as catalogue, policyNeeds } from '../../clusters/mutants/catalogue.ts'
import { type KnownKubernetes, whyNotApplicable } from '../../contract/applicability.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'

/** Mutants that the guarantees name, each with the guarantees that must fail under it. */
export function mutantsOf(guarantees: readonly Guarantee[]): ReadonlyMap<MutantName, readonly Guarantee[]> {
  const names = [...new Set(guarantees.flatMap(({ mutants }) => mutants))].toSorted()
  return new Map(names.map((name) => [name, guarantees.filter(({ mutants }) => mutants.includes(name))]))
}

/** What of a cluster decides which guarantees it can put to the test. */
export type Offered = KnownKubernetes & Pick<ClusterRecord, 'features'>

/** Guarantees that a cluster can put to the test. The others are `NotSupported` there, under a mutant too: nothing is shown by them. */
export function supported(guarantees: readonly Guarantee[], cluster: Offered): readonly Guarantee[] {
  const { features } = cluster
  return guarantees.filter(
    (guarantee) => guarantee.requires.every((feature) => features.includes(feature)) && whyNotApplicable(guarantee, cluster) === undefined,
  )
}

/** Why a cluster cannot have a mutant; undefined when it can. */
export function whyNoMutant(name: MutantName, cluster: KnownKubernetes): string | undefined {
  if (catalogue[name].by !== 'policy') return undefined
  return policyNeeds.map((needs) => whyNotApplicable(needs, cluster)).find((why) => why !== undefined)
}
