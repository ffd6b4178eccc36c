import { act, done } from '../engine/kubernetes/act.ts'
import type { FaultSite, StoreSite } from '../engine/fixtures/injectable-fault.ts'
import type { ObjectRef, Observation } from '../engine/history/history-entry.ts'

/** One change that somebody else makes to what a guarantee relies on. */
export interface Injection {
  readonly subject: ObjectRef
  /** What the act records of it, beside the name of the mutant. */
  readonly request?: Readonly<Record<string, unknown>>
  readonly inject: () => Promise<unknown> | void
  /** Absent where the change goes with the namespace of the guarantee. May be called when nothing was injected. */
  readonly revert?: () => Promise<void>
}

/** A fault that is there before the body of a guarantee begins. */
export type SetupFault = (site: FaultSite) => Injection

/** A fault that answers what the watches of a guarantee see. */
export interface EventFault<Site = FaultSite> {
  /** Injected each time; the others once. */
  readonly repeats?: true
  /** What is injected upon an observation, before anything else looks at it; undefined for one that is let pass. */
  readonly on: (seen: Observation, site: Site) => Injection | undefined
}

/** Injects a fault as an act of the history, and has it reverted when the guarantee is over. Rejects when it could not be injected. */
export async function inject(mutant: string, { subject, request, inject: send, revert }: Injection, site: StoreSite): Promise<void> {
  if (revert !== undefined) site.registerRevert(`the fault ${mutant} at ${subject.kind} ${subject.name}`, revert)
  await act({
    ...{ history: site.history, verb: 'inject', subject, request: { mutant, ...request } },
    send: async () => send(),
    answer: done,
  })
}
