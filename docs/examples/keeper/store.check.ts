import { defineCheck, defineCondition, field, type HistoryEntry, inconclusive, latest, observationsOf, violated } from 'holdfast/define'

/** A store, and how many of its Pods Keeper says to be Ready. */
interface ReportedStore {
  readonly store: string
  readonly ready: number
}

/** Keeper has written into a store that so many of its Pods are Ready. */
export const storeReports = defineCondition<ReportedStore>({
  name: 'keeper-store-reports',
  reads: ['ConfigMap'],
  describe: ({ store, ready }) => `store ${store} with ${ready} Ready Pods, as Keeper says`,
  holds: ({ store, ready }, history) => reported(history, store) === String(ready),
  seen: ({ store }, history) => reported(history, store) ?? 'no report',
})

/** The StatefulSet of a store belongs to the store, from its first moment to its last. */
export const belongsToStore = defineCheck<{ readonly store: string }>({
  name: 'keeper-belongs-to-store',
  reads: ['StatefulSet'],
  describe: ({ store }) => `StatefulSet ${store} belongs to store ${store}`,
  judge({ store }, history) {
    const sets = observationsOf(history, 'StatefulSet', store)
    if (sets.length === 0) return inconclusive(`StatefulSet ${store} was never seen.`)
    const stray = sets.find(
      ({ object }) => !object.metadata.ownerReferences?.some(({ kind, name }) => kind === 'ConfigMap' && name === store),
    )
    if (stray === undefined) return { outcome: 'upheld', evaluated: sets.length }
    return violated(`StatefulSet ${store} does not belong to its store.`, {
      expected: `an owner reference to ConfigMap ${store}`,
      actual: JSON.stringify(stray.object.metadata.ownerReferences ?? []),
      entries: [stray],
    })
  },
})

function reported(history: readonly HistoryEntry[], store: string): string | undefined {
  const told = field(latest(history, 'ConfigMap', store), 'metadata', 'annotations', 'keeper.example.com/ready')
  return typeof told === 'string' ? told : undefined
}
