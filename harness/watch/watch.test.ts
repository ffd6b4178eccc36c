import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openHistory } from '../history.ts'
import { openApi } from '../kubernetes/api.ts'
import { summarised } from '../sequence.ts'
import { openWatch, type WatchOptions } from './watch.ts'

type Answer = (response: ServerResponse, request: IncomingMessage) => void

const pod = (name: string, resourceVersion: number) => ({
  metadata: { name, uid: `uid-${name}`, resourceVersion: String(resourceVersion) },
})
const event = (type: string, object: unknown) => `${JSON.stringify({ type, object })}\n`
const list =
  (resourceVersion: number, ...items: readonly unknown[]): Answer =>
  (response) =>
    response.end(JSON.stringify({ metadata: { resourceVersion: String(resourceVersion) }, items }))
const stream =
  (...chunks: readonly string[]): Answer =>
  (response) =>
    chunks.forEach((chunk) => response.write(chunk))
const streamThenDrop =
  (...chunks: readonly string[]): Answer =>
  (response) =>
    response.write(chunks.join(''), () => response.destroy())

/** A real HTTP server that gives one scripted answer to each request, and the history of a watch on it. */
async function watched(script: readonly Answer[], options: Pick<WatchOptions, 'concerns'> = {}) {
  const urls: string[] = []
  const left = [...script]
  const server = createServer((request, response) => {
    urls.push(request.url ?? '')
    const answer = left.shift()
    answer?.(response, request)
    if (!response.headersSent) response.flushHeaders()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const api = openApi({ server: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), tls: {}, headers: {} })
  const history = openHistory()
  const watch = await openWatch({ api, history, kind: 'Pod', path: '/api/v1/namespaces/n/pods', ...options })
  onTestFinished(async () => {
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
  return { history, watch, urls, length }
}

test('the state before the watch is EXISTING, events follow in order, across chunk borders', async () => {
  const added = event('ADDED', pod('b', 11))
  const { length, urls } = await watched([
    list(10, pod('a', 9)),
    stream(added.slice(0, 20), added.slice(20) + event('DELETED', pod('a', 12))),
  ])
  expect(await length(3)).toEqual(['Pod a EXISTING', 'Pod b ADDED', 'Pod a DELETED'])
  expect(urls[1]).toContain('resourceVersion=10')
})

test('a dropped connection is resumed from the last resourceVersion, without a gap', async () => {
  const half = event('ADDED', pod('c', 13)).slice(0, 30)
  const { length, urls } = await watched([
    list(10),
    streamThenDrop(event('ADDED', pod('a', 11)), event('BOOKMARK', pod('', 12)), half),
    stream(event('ADDED', pod('c', 13))),
  ])
  expect(await length(2)).toEqual(['Pod a ADDED', 'Pod c ADDED'])
  expect(urls[2]).toContain('resourceVersion=12')
})

test('410 in the stream makes a gap; the state is listed anew and what vanished is DELETED', async () => {
  const gone = event('ERROR', { kind: 'Status', code: 410, message: 'too old resource version' })
  const { length, urls } = await watched([
    list(10, pod('a', 9)),
    stream(gone),
    list(30, pod('b', 29)),
    stream(event('ADDED', pod('c', 31))),
  ])
  expect(await length(5)).toEqual(['Pod a EXISTING', 'GAP Pod', 'Pod a DELETED', 'Pod b EXISTING', 'Pod c ADDED'])
  expect(urls[3]).toContain('resourceVersion=30')
})

test('410 as the answer to a resumed watch makes a gap too', async () => {
  const { history, length } = await watched([
    list(10),
    streamThenDrop(event('ADDED', pod('a', 11))),
    (response) => {
      response.statusCode = 410
      response.end(JSON.stringify({ kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' }))
    },
    list(40, pod('a', 11)),
    stream(event('MODIFIED', pod('a', 41))),
  ])
  expect(await length(4)).toEqual(['Pod a ADDED', 'GAP Pod', 'Pod a EXISTING', 'Pod a'])
  expect(history.entries[1]).toMatchObject({ reason: 'resourceVersion 11 is gone: too old resource version' })
})

test('a line that is no event makes a gap', async () => {
  const { history, length } = await watched([list(10), stream('{"type":"ADD\n'), list(20, pod('a', 19)), stream()])
  expect(await length(2)).toEqual(['GAP Pod', 'Pod a EXISTING'])
  expect(history.entries[0]).toMatchObject({ reason: 'A line of the watch was no event: {"type":"ADD' })
})

test('catching up waits for what the API server has', async () => {
  let deliver: (() => void) | undefined
  const { history, watch } = await watched([
    list(10),
    (response) => (deliver = () => response.write(event('ADDED', pod('a', 11)))),
    (response, request) => {
      list(12, pod('a', 11))(response, request)
      deliver?.()
    },
  ])
  await watch.catchUp(5)
  expect(history.entries.map(summarised)).toEqual(['Pod a ADDED'])
})

test('what the watch does not deliver is a gap', async () => {
  const { history, watch } = await watched([list(10), stream(), list(12, pod('a', 11))])
  await watch.catchUp(0.05)
  expect(history.entries).toMatchObject([{ type: 'gap', reason: 'The watch did not deliver a at resourceVersion 11 within 0.05 s.' }])
})

test('a deletion that the watch does not deliver is a gap', async () => {
  const { history, watch } = await watched([list(10, pod('a', 9), pod('b', 8)), stream(), list(12, pod('b', 8))])
  await watch.catchUp(0.05)
  expect(history.entries.slice(2)).toMatchObject([
    { type: 'gap', reason: 'The watch did not deliver the deletion of a, which was gone at resourceVersion 12, within 0.05 s.' },
  ])
})

test('catching up waits for a deletion', async () => {
  let deliver: (() => void) | undefined
  const { history, watch } = await watched([
    list(10, pod('a', 9)),
    (response) => (deliver = () => response.write(event('DELETED', pod('a', 11)))),
    (response, request) => {
      list(12)(response, request)
      deliver?.()
    },
  ])
  await watch.catchUp(5)
  expect(history.entries.map(summarised)).toEqual(['Pod a EXISTING', 'Pod a DELETED'])
})

test('what was made, changed or deleted after the list is no gap', async () => {
  const later = [event('ADDED', pod('new', 13)), event('MODIFIED', pod('a', 14)), event('DELETED', pod('b', 15))]
  const { history, watch, length } = await watched([
    list(10, pod('a', 9), pod('b', 8)),
    stream(...later),
    list(12, pod('a', 9), pod('b', 8)),
  ])
  await length(5)
  await watch.catchUp(0.05)
  expect(history.entries.map(summarised)).toEqual(['Pod a EXISTING', 'Pod b EXISTING', 'Pod new ADDED', 'Pod a', 'Pod b DELETED'])
})

test('an object that left the selector and came back is missing until it is delivered', async () => {
  const { history, watch, length } = await watched([list(10, pod('a', 9)), stream(event('DELETED', pod('a', 11))), list(14, pod('a', 13))])
  await length(2)
  await watch.catchUp(0.05)
  expect(history.entries[2]).toMatchObject({ reason: 'The watch did not deliver a at resourceVersion 13 within 0.05 s.' })
})

test('catching up looks at what the watch looks at, and an object once recorded is recorded to its end', async () => {
  const ours = (name: string, resourceVersion: number, owner: string) => ({ ...pod(name, resourceVersion), owner })
  const { history, watch, length } = await watched(
    [
      list(10, ours('a', 9, 'us'), ours('other', 8, 'them')),
      stream(event('MODIFIED', ours('a', 11, 'nobody')), event('ADDED', ours('stranger', 12, 'them'))),
      list(13, ours('a', 11, 'nobody'), ours('other', 8, 'them'), ours('third', 13, 'them')),
    ],
    { concerns: (object) => object['owner'] === 'us' },
  )
  await length(2)
  await watch.catchUp(0.05)
  expect(history.entries.map(summarised)).toEqual(['Pod a EXISTING', 'Pod a'])
})

test('resourceVersions without an order cannot be compared, which is a gap', async () => {
  const { history, watch, length } = await watched([
    list(10),
    stream(event('ADDED', pod('a', 11))),
    (response) => response.end(JSON.stringify({ metadata: { resourceVersion: 'x' }, items: [] })),
  ])
  await length(1)
  await watch.catchUp(0.05)
  expect(history.entries.at(-1)).toMatchObject({
    reason: 'The state could not be compared with the API server: resourceVersion "x" is no number.',
  })
})
