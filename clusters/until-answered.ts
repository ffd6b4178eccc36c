import { ApiException } from '@kubernetes/client-node'
import { setTimeout as pause } from 'node:timers/promises'
import { within } from './existing/within.ts'

/** How long a request is sent again, in seconds. */
export interface Patience {
  /** No further try begins after so long. */
  readonly within?: number
  /** Pause after the first try; each later one is twice as long, up to five seconds. */
  readonly first?: number
  /** Time for one try. */
  readonly answer?: number
}

const usual = { within: 30, first: 0.25, answer: 10 } as const
const longestPause = 5

/** Answers of an API server, or of a proxy before it, that say nothing of the request: it was busy or is going down, or etcd was late. */
const transientCodes: readonly number[] = [408, 429, 500, 502, 503, 504]

/** What a system call says when a connection could not be made or was lost. */
const lostConnections: readonly string[] = ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'UND_ERR_SOCKET']

class NoAnswer extends Error {}

/** Whether the API server said nothing in the time for one try. */
export function isNoAnswer(error: unknown): boolean {
  return error instanceof NoAnswer
}

/** Whether the same request may be taken a moment later. It may have been executed, too: only send again what may be done twice. */
export function isTransient(error: unknown): boolean {
  if (error instanceof ApiException) return transientCodes.includes(error.code)
  if (isNoAnswer(error)) return true
  if (!(error instanceof Error)) return false
  return ('code' in error && lostConnections.includes(String(error.code))) || isTransient(error.cause)
}

/**
 * Sends a request that may be executed twice, and sends it again for as long as the answers are transient and patience lasts. It is sent at
 * least once. Throws the last answer.
 */
export async function untilAnswered<Answer>(send: () => Promise<Answer>, patience: Patience = {}): Promise<Answer> {
  const { within: seconds, first, answer } = { ...usual, ...patience }
  const deadline = performance.now() + seconds * 1000
  for (let wait = first; ; wait = Math.min(longestPause, 2 * wait)) {
    try {
      return await within(send(), { seconds: answer, otherwise: new NoAnswer(`The API server did not answer within ${answer} s.`) })
    } catch (error) {
      const next = Math.max(wait, Math.min(longestPause, askedPause(error)))
      if (!isTransient(error) || performance.now() + next * 1000 > deadline) throw error
      await pause(next * 1000)
    }
  }
}

/** Seconds after which a server wants to be asked again; 0 where it does not say. */
function askedPause(error: unknown): number {
  const asked = error instanceof ApiException ? Number((error.headers as Record<string, string | undefined>)['retry-after']) : 0
  return Number.isFinite(asked) ? asked : 0
}
