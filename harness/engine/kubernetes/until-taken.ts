import { pause } from '../pause.ts'
import { ApiError } from './api-error.ts'
import type { RequestCount } from './request-count.ts'

/**
 * Sends a request, and sends it again for as long as the server says that it is asked too much or serves nobody: it has not executed
 * anything then, whatever the verb. Throws the server's last answer once the signal is aborted.
 */
export async function untilTaken<Answer>(
  send: () => Promise<Answer>,
  { signal, requests }: { readonly signal: AbortSignal; readonly requests?: RequestCount | undefined },
): Promise<Answer> {
  for (;;) {
    try {
      return await send()
    } catch (error) {
      if (!(error instanceof ApiError) || error.retryAfter === undefined) throw error
      requests?.addThrottled()
      await pause(error.retryAfter, signal)
      if (signal.aborted) throw error
    }
  }
}
