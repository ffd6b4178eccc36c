import { act, done } from '../engine/kubernetes/act.ts'
import type { ApiRequest } from '../engine/kubernetes/api.ts'
import type { FaultSite, StoreSite } from '../engine/fixtures/injectable-fault.ts'
import type { Observe } from '../vocabulary/observe.ts'
import type { Act, ObjectRef, Observation } from '../engine/history/history-entry.ts'

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

/** A fault that answers what guarantees watch of the cluster itself. */
export interface WatchedFault extends EventFault {
  /** Watches without which it is never injected: a guarantee that has the mutant opens each of them. */
  readonly sees: readonly (keyof Observe)[]
}

/** A fault that answers the first act of a guarantee that it is for, before the guarantee goes on. */
export interface ActFault {
  /** What is injected once the API server accepted this; undefined for an act that is let pass. */
  readonly after: (asked: Pick<Act, 'subject' | 'request'>, site: FaultSite) => Injection | undefined
}

/** Injects a fault as an act of the history, and has it reverted when the guarantee is over. Rejects when it could not be injected. */
export async function inject(mutant: string, { subject, request, inject: send, revert }: Injection, site: StoreSite): Promise<void> {
  if (revert !== undefined) site.registerRevert(`the fault ${mutant} at ${subject.kind} ${subject.name}`, revert)
  await act({
    ...{ history: site.history, verb: 'inject', subject, request: { mutant, ...request }, interferes: true },
    send: async () => send(),
    answer: done,
  })
}

/** A request that somebody else sends. */
export function sent(request: ApiRequest, { site, subject }: { readonly site: FaultSite; readonly subject: ObjectRef }): Injection {
  return { subject, request: { sent: request.body }, inject: async () => site.api.send(request) }
}

/** A change of a PersistentVolume by somebody else. */
export function patchedVolume(name: string, { site, spec }: { readonly site: FaultSite; readonly spec: object }): Injection {
  const path = `/api/v1/persistentvolumes/${name}`
  const request = { method: 'PATCH', path, body: { spec }, contentType: 'application/merge-patch+json' } as const
  return sent(request, { site, subject: { kind: 'PersistentVolume', name } })
}
