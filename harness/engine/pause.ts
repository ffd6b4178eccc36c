/** Resolves after some seconds, or at once when the signal is aborted. */
export async function pause(seconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) return
  await new Promise<void>((resolve) => {
    const ended = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', ended)
      resolve()
    }
    const timer = setTimeout(ended, seconds * 1000)
    signal?.addEventListener('abort', ended)
  })
}
