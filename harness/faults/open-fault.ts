import type { InjectedName } from '../../clusters/mutants/catalogue.ts'
import type { InjectableFault, StoreSite } from '../engine/fixtures/injectable-fault.ts'
import { type EventFault, inject, type SetupFault } from './fault.ts'
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
  ...each(onEventFaults, (mutant, fault: EventFault) => ({ open: async (site) => listen(site, { mutant, fault }) })),
  ...each(storeFaults, (mutant, fault: EventFault<StoreSite>) => ({
    open: async (site) => listen(site, { mutant, fault }),
    openAtStore: (site) => listen(site, { mutant, fault }),
  })),
}

function each<Name extends string, Fault>(
  some: Readonly<Record<Name, Fault>>,
  injectable: (mutant: Name, fault: Fault) => InjectableFault,
): Readonly<Record<Name, InjectableFault>> {
  const names = Object.keys(some) as Name[]
  return Object.fromEntries(names.map((name) => [name, injectable(name, some[name])])) as Record<Name, InjectableFault>
}

/** Injects a fault upon what the history observes. One that could not be injected stands in the history as an act without success. */
function listen<Site extends StoreSite>(
  site: Site,
  { mutant, fault }: { readonly mutant: string; readonly fault: EventFault<Site> },
): AsyncDisposable {
  const injected: Promise<void>[] = []
  const leave = site.history.subscribe(() => {
    const seen = site.history.entries.at(-1)
    if (seen?.type !== 'observation' || (injected.length > 0 && fault.repeats !== true)) return
    const injection = fault.on(seen, site)
    if (injection === undefined) return
    // Noted before the act is recorded, which calls this listener again.
    const { promise, resolve } = Promise.withResolvers<void>()
    injected.push(promise)
    inject(mutant, injection, site).then(resolve, () => resolve())
  })
  return {
    async [Symbol.asyncDispose]() {
      leave()
      await Promise.all(injected)
    },
  }
}
