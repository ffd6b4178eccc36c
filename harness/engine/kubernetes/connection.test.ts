import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { stringify } from 'yaml'
import { temporaryPrefix } from '../../../contract/owner.ts'
import { exec } from './exec.ts'
import { openApi } from './api.ts'
import { decoded, readConnection } from './connection.ts'
import { readCredentials } from './read-credentials.ts'

let directory: string
const base64 = (content: string) => Buffer.from(content).toString('base64')

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  writeFileSync(join(directory, 'ca.crt'), 'CA in a file')
  return () => rmSync(directory, { recursive: true })
})

/** Writes a kubeconfig with one context, `one`. */
function kubeconfig(cluster: Readonly<Record<string, unknown>>, user: Readonly<Record<string, unknown>>): string {
  const file = join(directory, 'config')
  const content = {
    'current-context': 'one',
    contexts: [{ name: 'one', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
  }
  writeFileSync(file, stringify(content))
  return file
}

/** A real HTTP server that says by which authorization it was asked, and the connections that it was asked on. */
async function startServer(isValid: (authorization: string) => boolean = () => true) {
  const server = createServer((request, response) => {
    const { authorization = '' } = request.headers
    response.statusCode = isValid(authorization) ? 200 : 401
    response.end(JSON.stringify({ authorization, path: request.url }))
  })
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'v5.channel.k8s.io' })
  server.on('upgrade', (request, socket, head) => {
    if (isValid(request.headers.authorization ?? ''))
      sockets.handleUpgrade(request, socket, head, (opened) => opened.send(Buffer.from(`\u0003${JSON.stringify({ status: 'Success' })}`)))
    else socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const insecure = { 'insecure-skip-tls-verify': true }
const runTrue = { namespace: 'n', pod: 'p', command: ['true'] }

test('a context brings certificates, the proxy, the name of the server and whom to act as', async () => {
  const cluster = {
    server: 'https://far.example/k8s/a',
    'certificate-authority': 'ca.crt',
    'tls-server-name': 'api',
    'proxy-url': 'http://proxy.example:3128',
  }
  const user = {
    'client-certificate-data': base64('certificate'),
    'client-key-data': base64('key'),
    as: 'jane',
    'as-groups': ['developers', 'admins'],
  }
  const credentials = await readCredentials(kubeconfig(cluster, user), 'one')
  expect(credentials.expires).toBe(false)
  expect(decoded(credentials)).toEqual({
    server: new URL('https://far.example/k8s/a'),
    tls: { ca: Buffer.from('CA in a file'), cert: Buffer.from('certificate'), key: Buffer.from('key'), servername: 'api' },
    headers: { 'impersonate-user': 'jane', 'impersonate-group': ['developers', 'admins'] },
    proxy: 'http://proxy.example:3128',
  })
})

test('a user may be a name with a password, or a token in a file', async () => {
  const cluster = { server: 'https://near.example', ...insecure }
  const basic = await readCredentials(kubeconfig(cluster, { username: 'jane', password: 'secret' }))
  expect(basic).toMatchObject({ headers: { authorization: `Basic ${base64('jane:secret')}` }, tls: { rejectUnauthorized: false } })
  writeFileSync(join(directory, 'token'), 'abc\n')
  const { headers, expires } = await readCredentials(kubeconfig(cluster, { tokenFile: 'token' }))
  expect(headers).toEqual({ authorization: 'Bearer abc' })
  expect(expires).toBe(true)
})

test('a kubeconfig that cannot be used is named, with the reason', async () => {
  const file = kubeconfig({ server: 'https://near.example' }, {})
  await expect(readConnection(file, 'nowhere')).rejects.toThrow(`${file} cannot be used: It has no usable context nowhere.`)
})

test('a token of a plug-in that has expired is asked for anew, by requests and commands', async () => {
  const plugin = join(directory, 'plugin')
  const count = join(directory, 'count')
  writeFileSync(count, '0')
  const credential = '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"token-%s"}}'
  writeFileSync(plugin, `#!/bin/sh\nn=$(($(cat ${count}) + 1)); echo $n > ${count}; printf '${credential}' $n\n`)
  chmodSync(plugin, 0o755)
  let valid = 'Bearer token-1'
  const server = await startServer((authorization) => authorization === valid)
  const user = { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: plugin, interactiveMode: 'Never' } }
  const api = openApi(await readConnection(kubeconfig({ server, ...insecure }, user)))
  onTestFinished(() => api.close())
  expect(await api.send({ path: '/pods' })).toMatchObject({ authorization: 'Bearer token-1' })
  valid = 'Bearer token-2'
  expect(await api.send({ method: 'DELETE', path: '/pods' })).toMatchObject({ authorization: 'Bearer token-2' })
  valid = 'Bearer token-3'
  const { signal } = new AbortController()
  expect(await exec({ connection: api.connection, ...runTrue, signal })).toMatchObject({ exitCode: 0 })
  expect(await api.send({ path: '/pods' })).toMatchObject({ authorization: 'Bearer token-3' })
  expect(readFileSync(count, 'utf8').trim()).toBe('3')
  valid = 'Bearer token-5'
  await expect(api.send({ path: '/pods' })).rejects.toMatchObject({ code: 401 })
})

test('requests, watches and commands go by the proxy', async () => {
  const server = await startServer()
  const asked: string[] = []
  const proxy = createServer()
  proxy.on('connect', (request, socket, head) => {
    asked.push(request.url ?? '')
    const { hostname, port } = new URL(`http://${request.url ?? ''}`)
    const opposite = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      opposite.write(head)
      opposite.pipe(socket).pipe(opposite)
    })
    opposite.on('error', () => socket.destroy())
    socket.on('error', () => opposite.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
  const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const api = openApi(await readConnection(kubeconfig({ server, ...insecure, 'proxy-url': proxyUrl }, { token: 'abc' })))
  onTestFinished(() => api.close())
  const { host } = new URL(server)
  expect(await api.send({ path: '/pods' })).toEqual({ authorization: 'Bearer abc', path: '/pods' })
  expect(asked).toEqual([host])
  expect(await text(await api.open({ path: '/watch' }))).toContain('/watch')
  expect(asked).toEqual([host, host])
  await exec({ connection: api.connection, ...runTrue, signal: new AbortController().signal })
  expect(asked).toEqual([host, host, host])
})
