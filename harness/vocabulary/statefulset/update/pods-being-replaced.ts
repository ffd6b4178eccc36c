import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { observationsOf } from '../../../engine/object.ts'
import { ordinalOf } from '../../pod/ordinal-of.ts'
import { isReadyPod } from '../../pod/readings.ts'

/** The Pods of a StatefulSet that are being replaced at one moment, and how many have been until then. */
interface Replacements {
  readonly beingReplaced: readonly Observation[]
  readonly replaced: number
}

/**
 * What is being replaced of the Pods of a StatefulSet, after each observation of one of them. A Pod is being replaced from when it begins
 * to terminate until its successor is Ready.
 */
export function* podsBeingReplaced(statefulSet: string, history: readonly HistoryEntry[]): Generator<Replacements> {
  const beingReplaced = new Map<string, Observation>()
  let replaced = 0
  for (const observation of observationsOf(history, 'Pod')) {
    const { event, object } = observation
    const { name, uid, deletionTimestamp } = object.metadata
    if (ordinalOf(statefulSet, name) === undefined) continue
    const before = beingReplaced.get(name)
    if (event === 'DELETED' || deletionTimestamp !== undefined) beingReplaced.set(name, observation)
    else if (before !== undefined && before.object.metadata.uid !== uid && isReadyPod(object)) {
      beingReplaced.delete(name)
      replaced += 1
    }
    yield { beingReplaced: [...beingReplaced.values()], replaced }
  }
}
