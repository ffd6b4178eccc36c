/**
 * Waits until all of several works have ended that are done at the same time. Where one fails, the others are told to end, and its error is
 * thrown: theirs may only come of that.
 */
export async function sideBySide(start: (signal: AbortSignal) => readonly Promise<unknown>[]): Promise<void> {
  const given = new AbortController()
  await Promise.all(start(given.signal).map(async (work) => work.catch((error: unknown) => given.abort(error))))
  given.signal.throwIfAborted()
}
