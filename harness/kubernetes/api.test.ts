import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
  await expect(api.send({ method: 'POST', path: '/fourth', body: {} })).rejects.toThrow(/was not answered: socket hang up/)
})

test('each request that is sent is counted, one that is asked again twice', async () => {
  const before = requests.sent
  await api.send({ path: '/fifth' })
  expect(requests.sent).toBe(before + 1)
  await api.send({ path: '/sixth' })
  expect(requests.sent).toBe(before + 3)
})
