import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, type TestContext } from 'vitest'
import { WebSocketServer } from 'ws'
import { exec } from '../engine/kubernetes/exec.ts'
import { openHistory } from '../engine/history/history.ts'
import { openApi } from '../engine/kubernetes/api.ts'
import { countRequests } from '../engine/kubernetes/request-count.ts'
import { summarised } from '../engine/judge/sequence.ts'
import { pause } from '../engine/pause.ts'
import { openWatch } from '../engine/watch/watch.ts'
import type { Decisions, RequestFate, WatchFate } from './decisions.ts'
import { type ChaosEntry, startChaosProxy } from './proxy.ts'

const pods = '/api/v1/namespaces/n/pods'
const passed = { kind: 'passed' } as const

/** Ends with its test: tests that mostly wait run at the same time. */
type Context = Pick<TestContext, 'onTestFinished'>

/** A real HTTP server that lists and watches Pods as an API server does, and runs commands that print `hello`. */
async function startApiServer({ onTestFinished }: Context) {
  const events: { readonly version: number; readonly type: string; readonly name: string }[] = []
  const watching = new Set<(nth: number) => void>()
  const objectOf = (nth: number) => {
    const { version = 0, name = '' } = events[nth] ?? {}
    return { metadata: { name, uid: `uid-${name}`, resourceVersion: String(version) } }
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://server')
    if (url.searchParams.get('watch') !== 'true') {
      const newest = new Map(events.map(({ name, type }, nth) => [name, { type, nth }]))
      const items = [...newest.values()].filter(({ type }) => type !== 'DELETED').map(({ nth }) => objectOf(nth))
      response.end(JSON.stringify({ metadata: { resourceVersion: String(10 + events.length) }, items }))
      return
    }
    const from = Number(url.searchParams.get('resourceVersion'))
    const send = (nth: number) => response.write(`${JSON.stringify({ type: events[nth]?.type, object: objectOf(nth) })}\n`)
    response.flushHeaders()
    events.forEach(({ version }, nth) => version > from && send(nth))
    watching.add(send)
    response.on('close', () => watching.delete(send))
  })
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'v5.channel.k8s.io' })
  server.on('upgrade', (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.send(Buffer.from('\u0001hello'))
      opened.send(Buffer.from(`\u0003${JSON.stringify({ status: 'Success' })}`))
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    happens(type: string, name: string) {
      events.push({ version: 11 + events.length, type, name })
      watching.forEach((send) => send(events.length - 1))
    },
  }
}

/** An API behind a proxy that deals out these fates in order, and lets pass what comes after them. */
async function behindChaos(
  context: Context,
  { watches = [], requests = [] }: { readonly watches?: readonly WatchFate[]; readonly requests?: readonly RequestFate[] } = {},
) {
  const server = await startApiServer(context)
  const [leftWatches, leftRequests] = [[...watches], [...requests]]
  const delays = [0.2, 0, 0.1]
  const decisions: Decisions = {
    watch: () => leftWatches.shift() ?? passed,
    request: () => leftRequests.shift() ?? passed,
    delays: () => () => delays.shift() ?? 0,
  }
  const entries: ChaosEntry[] = []
  const upstream = { server: server.url, options: async () => ({}) }
  const proxy = await startChaosProxy({ upstream, decisions, token: 'secret', log: (entry) => void entries.push(entry) })
  const count = countRequests()
  const connection = {
    server: new URL(`http://127.0.0.1:${proxy.port}`),
    tls: {},
    headers: { authorization: 'Bearer secret' },
    requests: count,
  }
  const api = openApi(connection)
  context.onTestFinished(async () => {
    api.close()
    await proxy[Symbol.asyncDispose]()
  })
  return { api, connection, server, entries, count }
}

/** Seconds for a watch to catch up; after half of them one that has stalled is opened again. */
const catchesUpWithin = { stalled: 6, otherwise: 60 }

/** What the history holds of three Pods, one of them deleted, once the watch has caught up. The first one may be there before the watch. */
async function historyOf(context: Context, watches: readonly WatchFate[], { isFirstThere = false } = {}) {
  const { api, server, entries } = await behindChaos(context, { watches })
  const history = openHistory()
  if (isFirstThere) server.happens('ADDED', 'a')
  await using watch = await openWatch({ api, history, kind: 'Pod', path: pods })
  if (!isFirstThere) server.happens('ADDED', 'a')
  await pause(0.2)
  server.happens('ADDED', 'b')
  server.happens('DELETED', 'a')
  server.happens('ADDED', 'c')
  await watch.catchUp(watches.some(({ kind }) => kind === 'stalled') ? catchesUpWithin.stalled : catchesUpWithin.otherwise)
  // How long a watch was closed is told by marks, and depends on the machine.
  return { seen: history.entries.filter(({ type }) => type !== 'mark').map(summarised), entries, history }
}

const all = ['Pod a ADDED', 'Pod b ADDED', 'Pod a DELETED', 'Pod c ADDED']

test.concurrent.for<readonly [string, WatchFate]>([
  ['passes', passed],
  ['is delayed', { kind: 'delayed', upTo: 5 }],
  ['is cut', { kind: 'cut', after: 0.0512345 }],
  ['stalls', { kind: 'stalled', after: 0 }],
  ['gets an error that passes', { kind: 'error', code: 504, after: 0.05 }],
  ['is throttled in the middle', { kind: 'error', code: 429, after: 0.05 }],
  ['is refused with 429', { kind: 'refused', code: 429, retryAfter: 1 }],
  ['is refused with 503', { kind: 'refused', code: 503 }],
  ['is gone before it began', { kind: 'gone' }],
])('a watch that %s brings everything in order', async ([, fate], context) => {
  const { seen, entries } = await historyOf(context, [fate])
  expect(seen).toEqual(all)
  expect(entries.some((entry) => entry.fate.kind === fate.kind)).toBe(fate.kind !== 'passed')
})

test.concurrent.for<readonly [string, readonly WatchFate[], string]>([
  [
    'an error event',
    [{ kind: 'error', code: 410, after: 0.05 }],
    'The API server ended the watch: 410 too old resource version (by chaos)',
  ],
  ['the answer when it is resumed', [{ kind: 'cut', after: 0.05 }, { kind: 'gone' }], 'is gone: too old resource version (by chaos)'],
])('410 as %s is a gap, and the state after it is known', async ([, fates, reason], context) => {
  // Otherwise a Pod could come and go unseen before the gap.
  const { history, seen, entries } = await historyOf(context, fates, { isFirstThere: true })
  const gaps = history.entries.filter((entry) => entry.type === 'gap')
  expect(gaps).toMatchObject([{ kind: 'Pod', reason: expect.stringContaining(reason) }])
  expect(entries.map(({ fate, did }) => did ?? fate.kind)).toContain(fates.at(-1)?.kind)
  const last = new Map(seen.filter((line) => line.startsWith('Pod')).map((line) => [line.split(' ')[1], line.split(' ')[2]]))
  expect(last.get('a')).toBe('DELETED')
  expect(['ADDED', 'EXISTING']).toContain(last.get('b'))
  expect(['ADDED', 'EXISTING']).toContain(last.get('c'))
})

test.concurrent('requests that are refused are sent again until they pass', async (context) => {
  const { api, count, entries } = await behindChaos(context, {
    requests: [
      { kind: 'refused', code: 429, retryAfter: 1 },
      { kind: 'refused', code: 503 },
    ],
  })
  expect(await api.send({ path: pods })).toMatchObject({ items: [] })
  expect(count).toMatchObject({ sent: 3, throttled: 2 })
  expect(entries).toMatchObject([{ method: 'GET', path: pods }, { fate: { code: 503 } }])
})

test.concurrent('commands in containers pass', async (context) => {
  const { connection } = await behindChaos(context)
  const { signal } = new AbortController()
  expect(await exec({ connection, namespace: 'n', pod: 'a', command: ['echo', 'hello'], signal })).toEqual({
    exitCode: 0,
    stdout: 'hello',
    stderr: '',
  })
})

test.concurrent('who does not know the token gets nowhere', async (context) => {
  const { connection } = await behindChaos(context)
  const stranger = { ...connection, headers: {} }
  const api = openApi(stranger)
  await expect(api.send({ path: pods })).rejects.toMatchObject({ code: 401 })
  await expect(
    exec({ connection: stranger, namespace: 'n', pod: 'a', command: ['true'], signal: new AbortController().signal }),
  ).rejects.toMatchObject({ code: 401 })
  api.close()
})
