import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { field, observationsIn, placeOf } from '../../engine/object.ts'

/** Who warned, and of what. */
export interface Warning {
  /** Beginning of the name of the component. */
  readonly by: string
}

/** Whether a component warned of an object. */
export function isWarned(history: readonly HistoryEntry[], qualified: string, by: string): boolean {
  const { namespaceSuffix, name } = placeOf(qualified)
  return observationsIn(history, 'Event', namespaceSuffix).some(
    ({ object }) => field(object, 'involvedObject', 'name') === name && String(field(object, 'source', 'component')).startsWith(by),
  )
}
