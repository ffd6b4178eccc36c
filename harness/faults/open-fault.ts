import type { InjectedName } from '../../clusters/mutants/catalogue.ts'
import type { FaultSite, InjectableFault, StoreSite } from '../engine/fixtures/injectable-fault.ts'
import type { Act } from '../engine/history/history-entry.ts'
import { type ActFault, type EventFault, inject, type Injection, type SetupFault } from './fault.ts'
import { onActFaults } from './on-act.ts'
import { onEventFaults } from './on-event.ts'
import { setupFaults } from './setup.ts'
import { storeFaults } from './store.ts'

/** The fault that a mutant injects; undefined for a mutant that acts by itself, as a class, a policy or a location does. */
export function faultOf(mutant: string): InjectableFault | undefined {
  return Object.hasOwn(faults, mutant) ? faults[mutant as InjectedName] : undefined
}

const faults: Readonly<Record<InjectedName, InjectableFault>> = {
  ...each(setupFaults, (mutant, fault: SetupFault) => ({
    async open(site) {
      await inject(mutant, fault(site), site)
      return new AsyncDisposableStack()
    },
  })),
  ...each(onActFaults, (mutant, fault: ActFault) => ({
    open: async (site) => listen(site, { mutant, next: () => afterAct(fault, site) }),
  })),
  ...each(onEventFaults, (mutant, fault: EventFault) => ({ open: async (site) => listenFor(fault, { mutant, site }) })),
  ...each(storeFaults, (mutant, fault: EventFault<StoreSite>) => ({
    open: async (site) => listenFor(fault, { mutant, site }),
    openAtStore: (site) => listenFor(fault, { mutant, site }),
  })),
}

function each<Name extends string, Fault>(
  some: Readonly<Record<Name, Fault>>,
  injectable: (mutant: Name, fault: Fault) => InjectableFault,
): Readonly<Record<Name, InjectableFault>> {
  const names = Object.keys(some) as Name[]
  return Object.fromEntries(names.map((name) => [name, injectable(name, some[name])])) as Record<Name, InjectableFault>
}

function listenFor<Site extends StoreSite>(
  fault: EventFault<Site>,
  { mutant, site }: { readonly mutant: string; readonly site: Site },
): AsyncDisposable {
  const next = () => {
    const seen = site.history.entries.at(-1)
    return seen?.type === 'observation' ? fault.on(seen, site) : undefined
  }
  return listen(site, { mutant, next, repeats: fault.repeats === true })
}

function afterAct(fault: ActFault, site: FaultSite): Injection | undefined {
  const act = site.history.entries.at(-1)
  if (act?.type !== 'act' || act.phase !== 'accepted') return undefined
  const asked = site.history.entries.find((entry): entry is Act => entry.type === 'act' && entry.actId === act.actId)
  return asked && fault.after(asked, site)
}

/**
 * Injects a fault upon the latest entry of the history, where it is for that, and holds up the next act until then. One that could not be
 * injected stands in the history as an act without success.
 */
function listen(
  site: StoreSite,
  fault: { readonly mutant: string; readonly next: () => Injection | undefined; readonly repeats?: boolean },
): AsyncDisposable {
  const injected: Promise<void>[] = []
  const leave = site.history.subscribe(() => {
    if (injected.length > 0 && fault.repeats !== true) return
    const injection = fault.next()
    if (injection === undefined) return
    // Noted before the act is recorded, which calls this listener again.
    const { promise, resolve } = Promise.withResolvers<void>()
    injected.push(promise)
    site.history.hold(promise)
    inject(fault.mutant, injection, site).then(resolve, () => resolve())
  })
  return {
    async [Symbol.asyncDispose]() {
      leave()
      await Promise.all(injected)
    },
  }
}
