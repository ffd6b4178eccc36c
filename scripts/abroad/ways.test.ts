import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { openWay, type Way, type WayName } from './ways.ts'

async function startServer(): Promise<string> {
  const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function opened(name: WayName): Promise<{ readonly way: Way; readonly server: string }> {
  const server = await startServer()
  const way = await openWay(name, server)
  onTestFinished(async () => way[Symbol.asyncDispose]())
  return { way, server }
}

/** Asks a proxy for a tunnel. Resolves to the status that it answers, and what the server says through the tunnel. */
async function throughProxy(proxy: string, server: string): Promise<{ readonly status: number | undefined; readonly body: string }> {
  const asked = request(proxy, { method: 'CONNECT', path: new URL(server).host, agent: false }).end()
  const [response, socket] = (await once(asked, 'connect')) as [{ statusCode?: number }, ReturnType<typeof connect>]
  if (response.statusCode !== 200) return { status: response.statusCode, body: '' }
  socket.end('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  return { status: response.statusCode, body: await text(socket) }
}

test('the relay leads to the server by another port', async () => {
  const { way, server } = await opened('relay')
  expect(way.address.server).not.toBe(server)
  const { port } = new URL(way.address.server)
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('hello')
  expect(way.passed()).toBe(1)
})

test('the proxy leads to the server at its own address', async () => {
  const { way, server } = await opened('proxy')
  expect(way.address.server).toBe(server)
  const { status, body } = await throughProxy(way.address.proxy ?? '', server)
  expect(status).toBe(200)
  expect(body).toContain('hello')
  expect(way.passed()).toBe(1)
})

test('the refusing proxy wants a password and lets nothing through', async () => {
  const { way, server } = await opened('refusing proxy')
  expect((await throughProxy(way.address.proxy ?? '', server)).status).toBe(407)
  expect(way.passed()).toBe(0)
})

test.each<WayName>(['dead proxy', 'dead server'])('the %s refuses connections', async (name) => {
  const { way } = await opened(name)
  const socket = connect(Number(new URL(way.address.proxy ?? way.address.server).port), '127.0.0.1')
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
  expect(error.code).toBe('ECONNREFUSED')
})

test.each<WayName>(['silent proxy', 'silent server'])('the %s accepts connections and says nothing', async (name) => {
  const { way } = await opened(name)
  const socket = connect(Number(new URL(way.address.proxy ?? way.address.server).port), '127.0.0.1')
  await once(socket, 'connect')
  socket.end('GET / HTTP/1.1\r\n\r\n')
  const said = text(socket)
  await way[Symbol.asyncDispose]()
  expect(await said.catch(() => '')).toBe('')
})
