import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished, type TestContext } from 'vitest'
import { openHistory } from '../engine/history/history.ts'
import { openApi } from '../engine/kubernetes/api.ts'
import { summarised } from '../engine/judge/sequence.ts'
import { openWatch, type WatchOptions } from '../engine/watch/watch.ts'

/** How a scripted server answers one request. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** A Pod as lists and events of the scripted server hold it. */
export const pod = (name: string, resourceVersion: number) => ({
  metadata: { name, uid: `uid-${name}`, resourceVersion: String(resourceVersion) },
})

/** One line of a watch. */
export const event = (type: string, object: unknown) => `${JSON.stringify({ type, object })}\n`

/** Answers with a list. */
export const list =
  (resourceVersion: number, ...items: readonly unknown[]): Answer =>
  (response) =>
    response.end(JSON.stringify({ metadata: { resourceVersion: String(resourceVersion) }, items }))

/** Answers with the beginning of a watch, which stays open. */
export const stream =
  (...chunks: readonly string[]): Answer =>
  (response) =>
    chunks.forEach((chunk) => response.write(chunk))

/** Answers with the beginning of a watch and hangs up. */
export const streamThenDrop =
  (...chunks: readonly string[]): Answer =>
  (response) =>
    response.write(chunks.join(''), () => response.destroy())

/** No answer, not even its headers. */
export const silent: Answer = () => undefined

/** How a watch on a scripted server is opened, and what ends it: a test that runs beside others says so itself. */
type WatchedOptions = Partial<Pick<WatchOptions, 'matches' | 'silence' | 'away' | 'kind'> & Pick<TestContext, 'onTestFinished'>>

/** A real HTTP server that gives one scripted answer to each request, and the history of a watch on it. */
export async function watched(
  script: readonly Answer[],
  { onTestFinished: whenFinished = onTestFinished, ...options }: WatchedOptions = {},
) {
  const urls: string[] = []
  const times: number[] = []
  const left = [...script]
  const server = createServer((request, response) => {
    urls.push(request.url ?? '')
    times.push(performance.now())
    const answer = left.shift()
    answer?.(response, request)
    if (!response.headersSent && answer !== silent) response.flushHeaders()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const api = openApi({ server: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), tls: {}, headers: {} })
  const history = openHistory()
  const watch = await openWatch({ api, history, kind: 'Pod', path: '/api/v1/namespaces/n/pods', ...options })
  whenFinished(async () => {
    await watch[Symbol.asyncDispose]()
    api.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const length = async (entries: number) => {
    await new Promise<void>((resolve) => {
      const look = () => history.entries.length >= entries && resolve()
      history.subscribe(look)
      look()
    })
    return history.entries.map(summarised)
  }
  return { api, history, watch, urls, times, length }
}
