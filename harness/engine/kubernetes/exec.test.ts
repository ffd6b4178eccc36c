import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { ruleText } from '../../../contract/rights.ts'
import { countRequests } from './request-count.ts'
import { exec } from './exec.ts'

const channels = { stdout: 1, stderr: 2, status: 3, close: 255 } as const
const message = (channel: number, content = '') => Buffer.concat([Buffer.from([channel]), Buffer.from(content)])
const ended = (exitCode: number) =>
  message(channels.status, JSON.stringify({ status: 'Failure', details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] } }))
const succeeded = message(channels.status, JSON.stringify({ status: 'Success' }))
const answer = (status: string, body: unknown) => {
  const content = JSON.stringify(body)
  return `HTTP/1.1 ${status}\r\nContent-Length: ${content.length}\r\n\r\n${content}`
}

/** Runs a command at a real WebSocket server, which may refuse the first requests. */
async function run(
  serve: (socket: WebSocket) => void,
  {
    refusals = [],
    stdin,
    seconds = 60,
  }: { readonly refusals?: readonly string[]; readonly stdin?: string; readonly seconds?: number } = {},
) {
  const urls: string[] = []
  const left = [...refusals]
  const server = createServer()
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'v5.channel.k8s.io' })
  server.on('upgrade', (request, socket, head) => {
    urls.push(request.url ?? '')
    const refusal = left.shift()
    if (refusal === undefined) sockets.handleUpgrade(request, socket, head, serve)
    else socket.end(refusal)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate()
    server.close()
  })
  const requests = countRequests()
  const connection = { server: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), tls: {}, headers: {}, requests }
  const signal = AbortSignal.timeout(seconds * 1000)
  return { result: await exec({ connection, namespace: 'n', pod: 'web-0', command: ['cat', 'a b'], stdin, signal }), urls, requests }
}

test('output and exit code arrive, across fragments, pings and long messages', async () => {
  const long = 'x'.repeat(70_000)
  const { result, urls } = await run((socket) => {
    socket.send(message(channels.stdout, 'hel'), { fin: false })
    socket.ping('beat')
    socket.send('lo', { fin: true })
    socket.send(message(channels.stderr, long))
    socket.on('pong', () => socket.send(ended(3)))
  })
  expect(result).toEqual({ exitCode: 3, stdout: 'hello', stderr: long })
  expect(urls).toEqual(['/api/v1/namespaces/n/pods/web-0/exec?stdout=true&stderr=true&command=cat&command=a+b'])
})

test('stdin is sent in parts and closed', async () => {
  const long = 'abc'.repeat(20_000)
  const received: Buffer[] = []
  const { result } = await run(
    (socket) =>
      socket.on('message', (data: Buffer) => {
        received.push(data)
        if (data[0] === channels.close) socket.send(succeeded)
      }),
    { stdin: long },
  )
  expect(result.exitCode).toBe(0)
  expect(received.map((data) => data[0])).toEqual([0, 0, channels.close])
  const sent = received.slice(0, -1).map((data) => data.subarray(1))
  expect(Buffer.concat(sent).toString()).toBe(long)
  expect(received.at(-1)).toEqual(Buffer.from([channels.close, 0]))
})

test('a connection that ends before the command does is an error, not an exit code', async () => {
  const serve = (socket: WebSocket) => {
    socket.send(message(channels.stdout, 'half'))
    socket.close()
  }
  await expect(run(serve)).rejects.toThrow('The end of cat in Pod n/web-0 was not reported.')
})

test('a command on a node that answers nobody ends at its limit, although the server never closes', async () => {
  const serve = (socket: WebSocket) => socket.pause()
  const startedAt = performance.now()
  await expect(run(serve, { seconds: 0.3 })).rejects.toThrow(
    'The end of cat in Pod n/web-0 was not reported: The operation was aborted due to timeout.',
  )
  // A socket that is closed and not ended waits 30 s for the other side.
  expect(performance.now() - startedAt).toBeLessThan(25_000)
})

test('a server that never switches protocols is given up at the limit', async () => {
  const mute = createTcpServer()
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void mute.close())
  const connection = { server: new URL(`http://127.0.0.1:${(mute.address() as AddressInfo).port}`), tls: {}, headers: {} }
  const signal = AbortSignal.timeout(200)
  await expect(exec({ connection, namespace: 'n', pod: 'web-0', command: ['true'], signal })).rejects.toThrow(
    'The end of true in Pod n/web-0 was not reported: The operation was aborted due to timeout.',
  )
})

test('a refusal is an error with the code and the reason of the server', async () => {
  const forbidden = answer('403 Forbidden', { kind: 'Status', code: 403, reason: 'Forbidden', message: 'pods "web-0" is forbidden' })
  await expect(run((socket) => socket.send(succeeded), { refusals: [forbidden] })).rejects.toMatchObject({
    code: 403,
    reason: 'Forbidden',
    message: 'pods "web-0" is forbidden',
  })
})

test('a server that is asked too much is asked again', async () => {
  const busy = answer('429 Too Many Requests', { kind: 'Status', code: 429, message: 'slow down' })
  const { result, requests } = await run((socket) => socket.send(succeeded), { refusals: [busy] })
  expect(result.exitCode).toBe(0)
  expect(requests).toMatchObject({ sent: 2, throttled: 1 })
  expect(requests.rights().map(ruleText)).toEqual(['namespace/n pods/exec: create get'])
})
