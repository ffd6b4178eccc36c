import { openHistory } from '../history.ts'
import { openWatch, type WatchOptions } from './watch.ts'

/** Objects that something waits for: which they are, and what must be true of the names of those that are there. */
export interface Settling extends Omit<WatchOptions, 'history'> {
  readonly holds: (names: readonly string[]) => boolean
  readonly signal: AbortSignal
}

/** Watches until the objects there are as they should be, or the signal is aborted. Returns the names of those there then. */
export async function settled({ holds, signal, ...options }: Settling): Promise<readonly string[]> {
  const history = openHistory()
  const names = () => {
    const present = new Map<string, string>()
    for (const entry of history.entries) {
      if (entry.type !== 'observation') continue
      const { uid, name } = entry.object.metadata
      if (entry.event === 'DELETED') present.delete(uid)
      else present.set(uid, name)
    }
    return [...present.values()]
  }
  await using open = new AsyncDisposableStack()
  open.use(await openWatch({ ...options, history }))
  await new Promise<void>((resolve) => {
    const look = () => {
      if (holds(names()) || signal.aborted) resolve()
    }
    history.subscribe(look)
    signal.addEventListener('abort', look)
    look()
  })
  return names()
}
