import type { Observer } from './observer.ts'

/** How a wait ended: the length of the history when it was decided; else why nothing is waited for any more. */
export type End = number | 'over' | 'unreachable'

/** Waits until something is decided, cannot come true any more, or its time is over. Looks at each entry as it is appended. */
export async function endOf(
  { history, signal }: Pick<Observer, 'history' | 'signal'>,
  {
    isDecided,
    isUnreachable,
    seconds,
  }: { readonly isDecided: () => boolean; readonly isUnreachable: () => boolean; readonly seconds: number },
): Promise<End> {
  return new Promise((resolve) => {
    const finish = (end: End) => {
      clearTimeout(timer)
      leave()
      signal.removeEventListener('abort', over)
      resolve(end)
    }
    const over = () => finish('over')
    const look = () => {
      if (isDecided()) finish(history.entries.length)
      else if (isUnreachable()) finish('unreachable')
    }
    const timer = setTimeout(over, seconds * 1000)
    const leave = history.subscribe(look)
    signal.addEventListener('abort', over)
    if (signal.aborted) over()
    else look()
  })
}
