import type { HistoryEntry, Observation } from '../../../harness/engine/history/history-entry.ts'
import { stateOf } from '../timeline/timeline-lanes.ts'

/** An observation by which an object came about, went away or got into another state. */
export interface Change {
  readonly entry: Observation
  readonly state: string
}

/** The changes of objects in a history, of some kinds or of all. */
export function changesIn(history: readonly HistoryEntry[], kinds?: ReadonlySet<string>): readonly Change[] {
  const states = new Map<string, string>()
  return history.flatMap((entry) => {
    if (entry.type !== 'observation' || kinds?.has(entry.kind) === false) return []
    const { uid } = entry.object.metadata
    const { state, text } = stateOf(entry.kind, entry.object)
    const isSame = entry.event !== 'DELETED' && states.get(uid) === text
    states.set(uid, text)
    return isSame ? [] : [{ entry, state }]
  })
}
