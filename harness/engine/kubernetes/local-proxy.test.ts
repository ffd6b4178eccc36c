import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { ruleText } from '../../../contract/rights.ts'
import { openApi } from './api.ts'
import { openLocalProxy } from './local-proxy.ts'
import { countRequests } from './request-count.ts'

/** A real server that answers with what it was asked, and a proxy to it with credentials that are valid once they are renewed. */
async function withProxy(valid = 'Bearer first') {
  const asked = Promise.withResolvers<{ readonly closed: Promise<void> }>()
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/never-answered')) return asked.resolve({ closed: new Promise((resolve) => response.on('close', resolve)) })
    if (request.headers.authorization !== valid) return void response.writeHead(401).end()
    response.end(`${request.method} ${request.url} as ${[request.headers['impersonate-user'] ?? 'the run'].flat().join()}`)
  })
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request: IncomingMessage, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (open) => open.on('message', (data: Buffer) => open.send(`echo of ${data.toString()}`))),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const requests = countRequests()
  const connection = { server: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/prefix`), tls: {} }
  const renewed = { ...connection, headers: { authorization: 'Bearer second' } }
  const headers = { authorization: 'Bearer first' }
  const api = openApi({ ...connection, headers, requests, renew: async () => Promise.resolve(renewed) })
  const proxy = await openLocalProxy({ api, signal: AbortSignal.timeout(30_000) })
  onTestFinished(async () => {
    await proxy[Symbol.asyncDispose]()
    server.closeAllConnections()
    server.close()
  })
  return { proxy, requests, neverAnswered: asked.promise }
}

test('requests get the credentials of the run, and are counted and listed', async () => {
  const { proxy, requests } = await withProxy()
  const answer = await fetch(`${proxy.address}/api/v1/namespaces/hf-a/pods?limit=1`, { headers: { authorization: 'Bearer own' } })
  expect(await answer.text()).toBe('GET /prefix/api/v1/namespaces/hf-a/pods?limit=1 as the run')
  expect(proxy.forwarded).toEqual([{ method: 'GET', path: '/api/v1/namespaces/hf-a/pods?limit=1', code: 200 }])
  expect(requests.rights().map(ruleText)).toEqual(['own pods: list'])
})

test('what is asked in the name of somebody takes the right to do so', async () => {
  const { proxy, requests } = await withProxy()
  const path = '/api/v1/namespaces/hf-a/pods'
  await fetch(`${proxy.address}${path}`, { headers: { 'impersonate-user': 'system:serviceaccount:hf-a:reader' } })
  expect(requests.rights().map(ruleText)).toEqual(['own serviceaccounts: impersonate'])
})

test('who does not know the path gets nothing', async () => {
  const { proxy } = await withProxy()
  const { origin } = new URL(proxy.address)
  expect((await fetch(`${origin}/api/v1`)).status).toBe(404)
  expect(proxy.forwarded).toEqual([])
})

test('credentials that have expired are renewed', async () => {
  const { proxy } = await withProxy('Bearer second')
  expect((await fetch(`${proxy.address}/api/v1`, { method: 'POST', body: '{}' })).status).toBe(200)
})

test('what nobody answered ends with the proxy', async () => {
  const { proxy, neverAnswered } = await withProxy()
  const refused = fetch(`${proxy.address}/never-answered`).catch(String)
  const { closed } = await neverAnswered
  await proxy[Symbol.asyncDispose]()
  await closed
  expect(await refused).toContain('fetch failed')
})

test('other protocols pass both ways, and end with the proxy', async () => {
  const { proxy, requests } = await withProxy()
  const socket = new WebSocket(`${proxy.address.replace('http', 'ws')}/api/v1/namespaces/hf-a/pods/web-0/exec`)
  const said = new Promise((resolve) => socket.on('message', (data: Buffer) => resolve(data.toString())))
  socket.on('open', () => socket.send('hello'))
  expect(await said).toBe('echo of hello')
  expect(proxy.forwarded).toEqual([{ method: 'GET', path: '/api/v1/namespaces/hf-a/pods/web-0/exec', code: 101 }])
  expect(requests.rights().map(ruleText)).toEqual(['own pods/exec: create get'])
  const closed = new Promise((resolve) => socket.on('close', resolve))
  socket.on('error', () => undefined)
  await proxy[Symbol.asyncDispose]()
  await closed
})
