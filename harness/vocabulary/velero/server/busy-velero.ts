import type { VeleroRecord } from '../../../../contract/cluster-record.ts'
import type { History } from '../../../engine/history/history.ts'
import type { HistoryEntry, Measurement } from '../../../engine/history/history-entry.ts'
import { defineObstacle } from '../../../engine/judge/obstacle.ts'
import type { KubernetesApi } from '../../../engine/kubernetes/api.ts'
import { listed } from '../../../engine/kubernetes/bound-objects.ts'
import { resourcePath } from '../../../engine/kubernetes/resources.ts'
import { field, observationsOf, phaseOf } from '../../../engine/object.ts'
import { isVeleroObjectOf, veleroKinds } from '../velero-kinds.ts'

const what = 'busy-velero'
const kinds = ['Backup', 'Restore'] as const

/** Phases of what Velero works on, and of what it has not begun. */
const underWay: readonly unknown[] = ['InProgress', 'WaitingForPluginOperations', 'Finalizing']
const waiting: readonly unknown[] = [undefined, 'New', 'Queued', 'ReadyToStart']

/** Keeps in the history what a Velero that serves others works on for these. Nothing where it is ours, or has nothing to do for them. */
export async function lookForBusyVelero(options: {
  readonly api: KubernetesApi
  readonly history: History
  readonly namespace: string
  readonly velero: VeleroRecord | undefined
  readonly signal: AbortSignal
}): Promise<void> {
  const { api, history, namespace, velero, signal } = options
  if (velero?.shared === undefined) return
  const found = kinds.map(async (kind) => {
    const objects = await listed(api, resourcePath(veleroKinds[kind], { namespace: velero.namespace }), signal)
    const ofOthers = objects.filter((object) => !isVeleroObjectOf(namespace, object))
    return ofOthers.filter(({ status }) => underWay.includes(field(status, 'phase'))).map(({ metadata }) => `${kind} ${metadata.name}`)
  })
  const value = (await Promise.all(found)).flat()
  const subject = { kind: 'Namespace', name: velero.namespace }
  if (value.length > 0) history.append({ type: 'measurement', what, label: 'for others', subject, value })
}

/** Velero does one thing at a time: what it has not begun waits for others, and says nothing of what it would do. */
for (const kind of kinds) defineObstacle({ kind, find: (history) => findBusy(history, kind) })

function findBusy(history: readonly HistoryEntry[], kind: (typeof kinds)[number]): string | undefined {
  const last = history.findLast((entry): entry is Measurement => entry.type === 'measurement' && entry.what === what)
  const [first] = (last?.value ?? []) as readonly string[]
  const seen = observationsOf(history, kind)
  const newest = Map.groupBy(seen, ({ object }) => object.metadata.name)
  const unbegun = [...newest].find(([, all]) => all.at(-1)?.event !== 'DELETED' && waiting.includes(phaseOf(all.at(-1)?.object)))
  if (first === undefined || unbegun === undefined) return undefined
  return `Velero did not begin ${kind} ${unbegun[0]}: it works on ${first} for somebody else. Run the guarantee when it has less to do.`
}
