import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** Asks a child to end with SIGTERM and waits for it, also when it is detached. Returns whether it ended within these seconds. */
export async function endProcess(child: ChildProcess, { seconds }: { readonly seconds: number }): Promise<boolean> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return true
  // Otherwise nothing keeps this process waiting for one that runs on its own.
  child.ref()
  const ended = once(child, 'exit', { signal: AbortSignal.timeout(seconds * 1000) })
  child.kill('SIGTERM')
  try {
    await ended
    return true
  } catch {
    child.unref()
    return false
  }
}
