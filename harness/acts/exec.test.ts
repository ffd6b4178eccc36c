import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { exec } from './exec.ts'

const stdout = 1
const stderr = 2
const status = 3

/** One message of a channel as a server sends it: unmasked, whole or as a part of a message. */
function message(channel: number | undefined, text: string, { last = true, opcode = 2 } = {}): Buffer {
  const payload = Buffer.concat([Buffer.from(channel === undefined ? [] : [channel]), Buffer.from(text)])
  const long = payload.length > 125
  const length = long ? [126, payload.length >> 8, payload.length & 0xff] : [payload.length]
  return Buffer.concat([Buffer.from([(last ? 0x80 : 0) | opcode, ...length]), payload])
}

const ended = (exitCode: number) =>
  message(status, JSON.stringify({ status: 'Failure', details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] } }))
const succeeded = message(status, JSON.stringify({ status: 'Success' }))

/** Runs a command at a real server that switches protocols and hands the socket to `serve`. */
async function run(serve: (socket: Duplex) => void, stdin?: string) {
  const urls: string[] = []
  const server = createServer()
  server.on('upgrade', (request, socket) => {
    urls.push(request.url ?? '')
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
    serve(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address() as AddressInfo
  const connection = { server: new URL(`http://127.0.0.1:${address.port}`), tls: {}, headers: {} }
  const signal = AbortSignal.timeout(5000)
  const result = await exec({ connection, namespace: 'n', pod: 'web-0', command: ['cat', 'a b'], stdin, signal })
  return { result, urls }
}

test('output and exit code arrive, across fragments, pings and long messages', async () => {
  const long = 'x'.repeat(300)
  const { result, urls } = await run((socket) => {
    const parts = [
      message(stdout, 'hel', { last: false }),
      message(undefined, 'beat', { opcode: 9 }),
      message(undefined, 'lo', { opcode: 0 }),
      message(stderr, long),
      ended(3),
    ]
    for (const byte of Buffer.concat(parts)) socket.write(Buffer.from([byte]))
  })
  expect(result).toEqual({ exitCode: 3, stdout: 'hello', stderr: long })
  expect(urls).toEqual(['/api/v1/namespaces/n/pods/web-0/exec?stdout=true&stderr=true&command=cat&command=a+b'])
})

test('stdin is sent masked and closed', async () => {
  const received: Buffer[] = []
  const { result } = await run((socket) => {
    socket.on('data', (chunk: Buffer) => {
      received.push(chunk)
      if (Buffer.concat(received).length >= 17) socket.write(succeeded)
    })
  }, 'abc')
  expect(result.exitCode).toBe(0)
  const bytes = Buffer.concat(received)
  const unmasked = (start: number, length: number) =>
    bytes.subarray(start + 4, start + 4 + length).map((byte, at) => byte ^ (bytes[start + (at % 4)] ?? 0))
  expect([...bytes.subarray(0, 2)]).toEqual([0x82, 0x84])
  expect(Buffer.from(unmasked(2, 4)).toString('latin1')).toBe('\u0000abc')
  expect([...bytes.subarray(10, 12)]).toEqual([0x82, 0x82])
  expect([...unmasked(12, 2)]).toEqual([255, 0])
})

test('a connection that ends before the command does is an error, not an exit code', async () => {
  await expect(run((socket) => void socket.end(message(stdout, 'half')))).rejects.toThrow('The end of cat in Pod n/web-0 was not reported.')
})
