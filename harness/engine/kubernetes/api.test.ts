import { createServer, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest'
import { pause } from '../pause.ts'
import { openApi, type KubernetesApi } from './api.ts'
import { countRequests } from './request-count.ts'

let server: Server
let api: KubernetesApi
const served = new WeakMap<Socket, number>()
let connections = 0
const requests = countRequests()

beforeAll(async () => {
  // Answers the first request of each connection and hangs up on the second, as a server does that has just given an idle one up.
  server = createServer((request, response) => {
    const before = served.get(request.socket) ?? 0
    served.set(request.socket, before + 1)
    if (before > 0) request.socket.destroy()
    else response.end(JSON.stringify({ connection: connections }))
  })
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  api = openApi({ server: new URL(`http://127.0.0.1:${address.port}`), tls: {}, headers: {}, requests })
})
afterAll(() => {
  api.close()
  server.close()
})

test('a GET on a connection that the server had given up is asked again on a new one', async () => {
  expect(await api.send({ path: '/first' })).toEqual({ connection: 1 })
  expect(await api.send({ path: '/second' })).toEqual({ connection: 2 })
})

test('a request that changes something is not sent twice', async () => {
  await api.send({ path: '/third' })
  await expect(api.send({ method: 'POST', path: '/fourth', body: {} })).rejects.toThrow(/got no answer: socket hang up/)
})

test('each request that is sent is counted, one that is asked again twice', async () => {
  const before = requests.sent
  await api.send({ path: '/fifth' })
  expect(requests.sent).toBe(before + 1)
  await api.send({ path: '/sixth' })
  expect(requests.sent).toBe(before + 3)
})

/** A real HTTP server that gives one scripted answer to each request, and an API on it, until the test ends. */
async function scripted(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  ...answers: readonly ((response: ServerResponse) => void)[]
) {
  const left = [...answers]
  const asked: string[] = []
  const scriptedServer = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    left.shift()?.(response)
  })
  await new Promise<void>((resolve) => scriptedServer.listen(0, '127.0.0.1', resolve))
  const count = countRequests()
  const { port } = scriptedServer.address() as AddressInfo
  const scriptedApi = openApi({ server: new URL(`http://127.0.0.1:${port}`), tls: {}, headers: {}, requests: count })
  onTestFinished(() => {
    scriptedApi.close()
    scriptedServer.closeAllConnections()
    scriptedServer.close()
  })
  return { api: scriptedApi, asked, count }
}
const refuse = (code: number, headers: Readonly<Record<string, string>> = {}) => {
  return (response: ServerResponse) =>
    void response.writeHead(code, headers).end(JSON.stringify({ kind: 'Status', code, reason: 'TooManyRequests', message: 'slow down' }))
}
const accept = (response: ServerResponse) => void response.end(JSON.stringify({ done: true }))

test.concurrent('a request that the server does not take is sent again, whatever its verb, and counted', async (context) => {
  const { api: throttled, asked, count } = await scripted(context, refuse(429, { 'retry-after': '1' }), refuse(503), accept)
  const startedAt = performance.now()
  expect(await throttled.send({ method: 'POST', path: '/pods', body: {} })).toEqual({ done: true })
  expect(performance.now() - startedAt).toBeGreaterThan(1_900)
  expect(asked).toEqual(['POST /pods', 'POST /pods', 'POST /pods'])
  expect(count).toMatchObject({ sent: 3, throttled: 2 })
})

test.concurrent('a server that stays busy has the last word within the limit of the request', async (context) => {
  const { api: busy } = await scripted(context, ...Array.from({ length: 5 }, () => refuse(429, { 'retry-after': '3600' })))
  const startedAt = performance.now()
  await expect(busy.send({ method: 'DELETE', path: '/pods/a', within: 2 })).rejects.toMatchObject({ code: 429, message: 'slow down' })
  expect(performance.now() - startedAt).toBeLessThan(9_000)
})

test.concurrent('what has no form in JSON, as the logs of a kubelet, is answered as it is', async (context) => {
  const { api: kubelet } = await scripted(context, (response) => {
    const isTaken = response.req.headers.accept?.split(', ').includes('*/*') === true
    response.writeHead(isTaken ? 200 : 406, { 'content-type': 'text/plain' }).end(isTaken ? 'a line' : '406: Not Acceptable')
  })
  expect(await kubelet.read({ path: '/api/v1/nodes/one/proxy/logs/audit.log' })).toBe('a line')
})

test.concurrent('a conflict is not asked again', async (context) => {
  const { api: conflicting, asked } = await scripted(context, refuse(409), accept)
  await expect(conflicting.send({ method: 'PUT', path: '/pods/a', body: {} })).rejects.toMatchObject({ code: 409 })
  expect(asked).toHaveLength(1)
})

test.concurrent('a refusal keeps the fields that it names', async (context) => {
  const causes = [
    { reason: 'FieldValueRequired', message: 'Required value', field: 'spec.selector' },
    { reason: 'UnexpectedServerResponse' },
  ]
  const body = { kind: 'Status', code: 422, reason: 'Invalid', message: 'in words', details: { causes } }
  const { api: strict } = await scripted(context, (response) => void response.writeHead(422).end(JSON.stringify(body)))
  await expect(strict.send({ method: 'POST', path: '/statefulsets', body: {} })).rejects.toMatchObject({
    ...{ code: 422, reason: 'Invalid', causes: [{ reason: 'FieldValueRequired', field: 'spec.selector' }] },
  })
})

test.concurrent('what the API server warns of is told', async (context) => {
  const warning = ['299 - "a \\"quoted\\" field, 100 - old"', '299 - "v1beta1 is deprecated"']
  const { api: warns } = await scripted(context, (response) => void response.setHeader('warning', warning).end('{}'))
  const told: string[] = []
  await warns.send({ method: 'POST', path: '/classes', body: {}, onWarnings: (warnings) => told.push(...warnings) })
  expect(told).toEqual(['a "quoted" field, 100 - old', 'v1beta1 is deprecated'])
})

test.concurrent('an answer that never begins ends with the limit', async (context) => {
  const { api: hanging } = await scripted(context)
  await expect(hanging.open({ path: '/pods', within: 0.2 })).rejects.toThrow(
    'GET /pods got no answer: The operation was aborted due to timeout',
  )
})

test.concurrent('the limit of a stream is for its beginning', async (context) => {
  const answers: ServerResponse[] = []
  const { api: slow } = await scripted(context, (response) => {
    response.write('first ')
    answers.push(response)
  })
  const within = 3
  const stream = await slow.open({ path: '/log', within })
  await pause(within + 0.2)
  answers[0]?.end('last')
  expect(await text(stream)).toBe('first last')
})

test.concurrent('a TLS handshake that never ends is given up', async () => {
  const mute = createTcpServer()
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
  const { port } = mute.address() as AddressInfo
  const secure = openApi({ server: new URL(`https://127.0.0.1:${port}`), tls: {}, headers: {} })
  await expect(secure.open({ path: '/pods', within: 0.2 })).rejects.toThrow(
    'GET /pods got no answer: The operation was aborted due to timeout',
  )
  secure.close()
  mute.close()
})
