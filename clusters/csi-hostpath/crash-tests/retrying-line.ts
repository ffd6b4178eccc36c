import { status, type ServiceError } from '@grpc/grpc-js'
import { setTimeout as wait } from 'node:timers/promises'
import type { Answer, DriverClient } from '../driver-client.ts'

/** Longest time, in seconds, that one call may take. */
const callLimit = 30

/** Time, in milliseconds, before a call that was refused with ABORTED is repeated. */
const pause = 50

/** Calls a driver that dies now and then, the way a container orchestrator does: the same request again until it is answered. */
export interface RetryingLine {
  readonly call: (method: string, request: object) => Promise<Answer>
  /** Lets calls through to a driver that has just started. */
  readonly connect: (client: DriverClient) => void
  /** Holds calls back; called the moment the driver is killed. Returns the methods of the calls that are not answered yet. */
  readonly disconnect: () => string[]
  /** Waits until every call to drivers before has had its end, good or bad. */
  readonly settled: () => Promise<void>
  /** How many calls were repeated because a kill cut them off, by method. */
  readonly repeated: () => ReadonlyMap<string, number>
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'details' in error
}

function shorten(request: object): string {
  const text = JSON.stringify(request)
  return text.length > 400 ? `${text.slice(0, 400)}…` : text
}

/** Opens a line without a driver at its end. */
export function openLine(): RetryingLine {
  let next = Promise.withResolvers<DriverClient>()
  let current: DriverClient | undefined
  const running = new Map<Promise<Answer>, string>()
  const repeated = new Map<string, number>()

  const once = async (client: DriverClient, method: string, request: object) => {
    const answer = client.call(method, request)
    running.set(answer, method)
    try {
      const late = new AbortController()
      const limit = wait(callLimit * 1000, 'late' as const, { signal: late.signal }).catch(() => 'late' as const)
      const first = await Promise.race([answer, limit])
      late.abort()
      if (first === 'late') throw new Error(`no answer within ${callLimit} s`)
      return first
    } finally {
      running.delete(answer)
    }
  }

  return {
    call: async (method, request) => {
      for (;;) {
        const client = current ?? (await next.promise)
        try {
          return await once(client, method, request)
        } catch (error) {
          const code = isServiceError(error) ? status[error.code] : undefined
          const cutOff = code === 'UNAVAILABLE' && client !== current
          if (cutOff) repeated.set(method, (repeated.get(method) ?? 0) + 1)
          else if (code === 'ABORTED') await wait(pause)
          else throw new Error(`${method} ${shorten(request)}: ${String(error)}`, { cause: error })
        }
      }
    },
    connect: (client) => {
      current = client
      next.resolve(client)
    },
    disconnect: () => {
      current = undefined
      next = Promise.withResolvers<DriverClient>()
      return [...running.values()]
    },
    settled: async () => {
      await Promise.allSettled(running.keys())
    },
    repeated: () => repeated,
  }
}
