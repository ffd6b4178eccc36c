import type { Applicability } from '../../contract/applicability.ts'
import { groupFaults, snapshotFaults, volumeFaults, type FaultName } from '../csi-hostpath/faults/catalogue.ts'
import { injectors, type Trigger } from './injectors.ts'
import { locations } from './locations.ts'
import { policies } from './policies/index.ts'
import type { Policy } from './policy.ts'

export type { Trigger }

/** Fields of every mutant. */
interface Common {
  /** What is broken, in one sentence. */
  readonly description: string
  /** While it is in force, no other suite runs: it changes something for the whole cluster. */
  readonly alone?: true
}

/** A real way of breaking a documented sentence on a live cluster: how it acts, and what in the evidence shows that it took effect. */
export type Mutant =
  /** The suites run with a class whose driver breaks one rule; a call of the driver names the fault. */
  | (Common & { readonly by: 'class'; readonly effect: 'driver-call' })
  /** The API server changes what is labelled for the mutant, and annotates it. */
  | (Common & Policy & { readonly by: 'policy'; readonly effect: 'annotation' })
  /** Somebody else interferes at a fixed moment; the history has the act. */
  | (Common & { readonly by: 'injector'; readonly effect: 'injection'; readonly trigger: Trigger })
  /** The suites run with a BackupStorageLocation that does not keep its promise, by itself or by an injected fault. */
  | (Common & { readonly by: 'location'; readonly effect: 'backup-in-location' | 'injection'; readonly trigger?: Trigger })

function each<Entries extends object, const Kind extends object>(entries: Entries, kind: Kind) {
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, { ...entry, ...kind }])) as {
    readonly [Name in keyof Entries]: Entries[Name] & Kind
  }
}

function described<Name extends string>(
  descriptions: Readonly<Record<Name, string>>,
): Readonly<Record<Name, { readonly description: string }>> {
  const entries = Object.entries<string>(descriptions).map(([name, description]) => [name, { description }] as const)
  return Object.fromEntries(entries) as Record<Name, { readonly description: string }>
}

/** Every mutant, by name. Every fault of the driver is one. */
export const mutants = {
  ...each(described<FaultName>({ ...groupFaults, ...snapshotFaults, ...volumeFaults }), { by: 'class', effect: 'driver-call' }),
  ...each(injectors, { by: 'injector', effect: 'injection' }),
  ...each(locations, { by: 'location' }),
  ...each(policies, { by: 'policy', effect: 'annotation' }),
} as const satisfies Readonly<Record<string, Mutant>>

/** What a mutant by policy needs of a cluster: the API server must serve version 1 of MutatingAdmissionPolicies, and heed them. */
export const policyNeeds: readonly Applicability[] = [{ since: '1.36' }, { gate: 'MutatingAdmissionPolicy' }]

/** Name of a mutant. */
export type MutantName = keyof typeof mutants

type NameOf<Kind> = { [Name in MutantName]: (typeof mutants)[Name] extends Kind ? Name : never }[MutantName]

/** Name of a mutant that is injected at this moment. Its implementation is in `harness/faults/`. */
export type InjectedName<When extends Trigger = Trigger> = NameOf<{ readonly trigger: When }>

/** Whether a mutant of this name is in the catalogue. */
export function isMutantName(name: string): name is MutantName {
  return Object.hasOwn(mutants, name)
}

/** Mutants that change something for the whole cluster: while one of them is in force, no other suite runs. */
export const mutantsAlone: ReadonlySet<string> = new Set(
  Object.entries<Mutant>(mutants).flatMap(([name, { alone }]) => (alone === true ? [name] : [])),
)
