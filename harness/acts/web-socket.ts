import { randomBytes } from 'node:crypto'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type ApiError, refused, unanswered } from '../kubernetes/api-error.ts'
import type { Connection } from '../kubernetes/connection.ts'

/** An open WebSocket (RFC 6455), as `exec` needs it: binary messages in order, both ways. */
export interface WebSocketChannel {
  send(message: Buffer): void
  /** The messages of the other side, until it closes. */
  messages(): AsyncGenerator<Buffer>
  close(): void
}

const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

/** Opens a WebSocket on a path of the API server. Throws `ApiError` when the server does not switch protocols. */
export async function openWebSocket(options: {
  readonly connection: Connection
  readonly path: string
  readonly query: URLSearchParams
  readonly protocol: string
  readonly signal: AbortSignal
}): Promise<WebSocketChannel> {
  const { connection, path, query, protocol, signal } = options
  const { server, tls, headers, requests } = connection
  requests?.add()
  const url = new URL(`${server.pathname.replace(/\/$/, '')}${path}?${query.toString()}`, server)
  const { socket, head } = await new Promise<{ socket: Duplex; head: Buffer }>((resolve, reject) => {
    const handshake = {
      ...tls,
      agent: false as const,
      signal,
      headers: {
        ...headers,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
        'sec-websocket-protocol': protocol,
      },
    }
    const outgoing = url.protocol === 'https:' ? httpsRequest(url, handshake) : httpRequest(url, handshake)
    outgoing.on('upgrade', (_response, upgraded, rest) => resolve({ socket: upgraded, head: rest }))
    outgoing.on('response', (response) => void refusal(path, response).then(reject, reject))
    outgoing.on('error', (cause) => reject(unanswered(`GET ${path}`, cause)))
    outgoing.end()
  })
  return {
    send: (message) => void socket.write(frame(opcodes.binary, message)),
    messages: () => messagesOf(socket, head),
    close: () => void socket.end(frame(opcodes.close, Buffer.alloc(0))),
  }
}

async function refusal(path: string, response: IncomingMessage): Promise<ApiError> {
  return refused(`GET ${path}`, response, await text(response))
}

/** One whole, masked message, as clients must send it. */
function frame(opcode: number, payload: Buffer): Buffer {
  const mask = randomBytes(4)
  const masked = Buffer.from(payload.map((byte, position) => byte ^ (mask[position % 4] ?? 0)))
  return Buffer.concat([header(opcode, payload.length), mask, masked])
}

function header(opcode: number, length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | opcode, 0x80 | length])
  if (length < 65_536) return Buffer.from([0x80 | opcode, 0x80 | 126, length >> 8, length & 0xff])
  const long = Buffer.alloc(10)
  long.writeUInt8(0x80 | opcode, 0)
  long.writeUInt8(0x80 | 127, 1)
  long.writeBigUInt64BE(BigInt(length), 2)
  return long
}

async function* messagesOf(socket: Duplex, head: Buffer): AsyncGenerator<Buffer> {
  let buffered = head
  let parts: Buffer[] = []
  const received = socket[Symbol.asyncIterator]()
  for (;;) {
    let read = readFrame(buffered)
    while (read === undefined) {
      const next = await received.next()
      if (next.done === true) return
      buffered = Buffer.concat([buffered, next.value])
      read = readFrame(buffered)
    }
    buffered = buffered.subarray(read.size)
    if (read.opcode === opcodes.close) return
    if (read.opcode === opcodes.ping) socket.write(frame(opcodes.pong, read.payload))
    if (read.opcode > opcodes.binary) continue
    parts.push(read.payload)
    if (!read.last) continue
    yield Buffer.concat(parts)
    parts = []
  }
}

/** The first frame in a buffer, or undefined while it is not whole. Servers do not mask. */
function readFrame(buffer: Buffer): { opcode: number; last: boolean; payload: Buffer; size: number } | undefined {
  const [first, second] = buffer
  if (first === undefined || second === undefined) return undefined
  const short = second & 0x7f
  const start = short < 126 ? 2 : short === 126 ? 4 : 10
  if (buffer.length < start) return undefined
  const length = short < 126 ? short : short === 126 ? buffer.readUInt16BE(2) : Number(buffer.readBigUInt64BE(2))
  const size = start + length
  if (buffer.length < size) return undefined
  return { opcode: first & 0x0f, last: (first & 0x80) !== 0, payload: buffer.subarray(start, size), size }
}
