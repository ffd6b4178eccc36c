import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { openHistory } from '../history/history.ts'
import { event, list, pod, silent, stream, streamThenDrop, watched } from '../../testing/scripted-server.ts'
import { openWatch } from './watch.ts'

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
  expect(history.entries[0]).toMatchObject({ reason: 'A line of the watch is not an event: {"type":"ADD' })
})

test('an error that does not invalidate the resourceVersion is waited out: the watch goes on from there, without a gap', async () => {
  const error = event('ERROR', { kind: 'Status', code: 504, message: 'Too large resource version' })
  const { length, urls } = await watched([
    list(10),
    stream(event('ADDED', pod('a', 11)), error),
    stream(error),
    stream(event('ADDED', pod('b', 12))),
  ])
  expect(await length(2)).toEqual(['Pod a ADDED', 'Pod b ADDED'])
  expect(urls.slice(2)).toHaveLength(2)
  for (const url of urls.slice(2)) expect(url).toContain('resourceVersion=11')
})

test('a watch that is ended again and again is opened more and more slowly', async () => {
  const gone = event('ERROR', { kind: 'Status', code: 410, message: 'too old resource version' })
  const rounds = Array.from({ length: 50 }, () => [list(10), stream(gone)]).flat()
  const { watch, length, times } = await watched(rounds)
  // Each round is a gap in the history, and two requests: the second one is the watch, after whose end there is a pause.
  await length(4)
  expect(watch.down()).toBe('The API server ended the watch: 410 too old resource version')
  const pauses = [1, 2, 3].map((round) => (times[2 * round] ?? 0) - (times[2 * round - 1] ?? 0))
  for (const [place, milliseconds] of [200, 400, 800].entries()) expect(pauses[place]).toBeGreaterThan(milliseconds - 5)
})

test('what an API server asks for in an error is granted', async () => {
  const throttled = event('ERROR', { kind: 'Status', code: 429, message: 'slow down', details: { retryAfterSeconds: 1 } })
  const startedAt = performance.now()
  const { length } = await watched([list(10), stream(throttled), stream(event('ADDED', pod('a', 11)))])
  expect(await length(1)).toEqual(['Pod a ADDED'])
  expect(performance.now() - startedAt).toBeGreaterThan(950)
})

test('a watch that brings nothing for too long is opened again where it was, which is no gap', async () => {
  const rounds = [list(10), stream(event('ADDED', pod('a', 11))), stream(event('ADDED', pod('b', 12)))]
  const { history, length, urls } = await watched(rounds, { silence: 2 })
  expect((await length(3)).slice(0, 3)).toEqual([
    'Pod a ADDED',
    'mark Watch of /api/v1/namespaces/n/pods: no data for 2 s, reopened.',
    'Pod b ADDED',
  ])
  expect(history.entries.find(({ type }) => type === 'mark')).toMatchObject({ lateWatchOf: 'Pod', lateBy: 2 })
  expect(urls[2]).toContain('resourceVersion=11')
})

test('a watch that could not be opened again for a while is late, and loses nothing', async () => {
  const refuse = (response: ServerResponse) => void response.writeHead(503).end('{"message":"starting"}')
  const rounds = [list(10), streamThenDrop(event('ADDED', pod('a', 11))), refuse, stream(event('ADDED', pod('b', 12)))]
  const { history, length } = await watched(rounds, { away: 0.05 })
  expect((await length(3)).filter((line) => line.startsWith('Pod'))).toEqual(['Pod a ADDED', 'Pod b ADDED'])
  expect(history.entries.find(({ type }) => type === 'mark')).toMatchObject({
    name: expect.stringMatching(/^Watch of \S+: closed for \d+\.\d s, reopened\.$/),
    lateWatchOf: 'Pod',
    lateBy: expect.toSatisfy((seconds: number) => seconds > 0.05),
  })
})

test('opening a watch ends when its caller gives up', async () => {
  const { api } = await watched([list(10), stream(), silent])
  const opening = openWatch({ api, history: openHistory(), kind: 'Pod', path: '/never-answered', signal: AbortSignal.timeout(100) })
  await expect(opening).rejects.toThrow('GET /never-answered got no answer: The operation was aborted due to timeout')
})

test('what passes while a watch is opened is waited out, and the state listed anew: nothing was missed', async () => {
  const refuse = (code: number) => (response: ServerResponse) => void response.writeHead(code).end('{}')
  const { length } = await watched([
    list(10, pod('a', 9)),
    refuse(410),
    list(20, pod('b', 19)),
    refuse(500),
    list(30, pod('c', 29)),
    stream(event('ADDED', pod('d', 31))),
  ])
  expect(await length(2)).toEqual(['Pod c EXISTING', 'Pod d ADDED'])
})

test('a watch that is refused for good cannot be opened', async () => {
  await expect(watched([list(10), (response) => void response.writeHead(403).end('{}')])).rejects.toMatchObject({ code: 403 })
})
