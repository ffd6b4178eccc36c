import type { ObservedObject } from '../history/history-entry.ts'
import { openHistory } from '../history/history.ts'
import { openWatch, type WatchOptions } from './watch.ts'

/** Objects that something waits for: which they are, and what must be true of those that are there. */
export interface Settling extends Omit<WatchOptions, 'history' | 'signal'> {
  readonly holds: (there: readonly ObservedObject[]) => boolean
  readonly signal: AbortSignal
}

/**
 * Watches until the objects there are as they should be, or the signal is aborted. Returns those there then. Throws `ApiError` when the
 * signal is aborted before it is known what is there, and whatever `holds` throws.
 */
export async function settled({ holds, signal, ...options }: Settling): Promise<readonly ObservedObject[]> {
  const history = openHistory()
  const there = () => {
    const present = new Map<string, ObservedObject>()
    for (const entry of history.entries) {
      if (entry.type !== 'observation') continue
      if (entry.event === 'DELETED') present.delete(entry.object.metadata.uid)
      else present.set(entry.object.metadata.uid, entry.object)
    }
    return [...present.values()]
  }
  await using open = new AsyncDisposableStack()
  open.use(await openWatch({ ...options, history, signal }))
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      try {
        if (holds(there()) || signal.aborted) resolve()
      } catch (error) {
        reject(error)
      }
    }
    history.subscribe(look)
    signal.addEventListener('abort', look)
    look()
  })
  return there()
}
