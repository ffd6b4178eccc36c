/**
 * Resolves when something holds, looked at again with each progress of a watch, or when the signal is aborted. Rejects when looking throws.
 */
export async function until(
  holds: () => boolean,
  { progress, signal }: { readonly progress: EventTarget; readonly signal: AbortSignal },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const end = (settle: () => void) => {
      progress.removeEventListener('progress', look)
      signal.removeEventListener('abort', look)
      settle()
    }
    const look = () => {
      try {
        if (signal.aborted || holds()) end(resolve)
      } catch (error) {
        end(() => reject(error))
      }
    }
    progress.addEventListener('progress', look)
    signal.addEventListener('abort', look)
    look()
  })
}
