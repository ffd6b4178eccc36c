import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { WebSocket } from 'ws'
import { auditIDHeader, userAgent } from '../../../contract/audit.ts'
import { ApiError, isUnauthorised, refused, unanswered } from './api-error.ts'
import { agentOf, type Connection } from './connection.ts'
import { untilTaken } from './until-taken.ts'
import { field } from '../object.ts'

/** A command for a container. */
export interface ExecRequest {
  readonly connection: Connection
  readonly namespace: string
  readonly pod: string
  readonly container?: string | undefined
  readonly command: readonly string[]
  readonly stdin?: string | Uint8Array | undefined
  /** The ID by which the audit log of the API server knows it; made up there when absent. */
  readonly auditID?: string
  readonly signal: AbortSignal
}

/** How a command in a container ended. */
export interface ExecResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Channels of `v5.channel.k8s.io`: the first byte of each message says which one it belongs to. */
const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, close: 255 } as const
const protocol = 'v5.channel.k8s.io'
const messageSize = 32 * 1024

/**
 * Runs a command in a container and waits for its end. Throws `ApiError` when it could not be run or its end was not reported, at the
 * latest when the signal is aborted, whatever the other side does then.
 */
export async function exec(request: ExecRequest): Promise<ExecResult> {
  const { connection, signal } = request
  return untilTaken(
    async () => {
      try {
        return await run(request)
      } catch (error) {
        if (connection.renew === undefined || !isUnauthorised(error)) throw error
        return run({ ...request, connection: await connection.renew() })
      }
    },
    { signal, requests: connection.requests },
  )
}

async function run({ connection, namespace, pod, container, command, stdin, auditID, signal }: ExecRequest): Promise<ExecResult> {
  const { server, tls, requests } = connection
  const headers = { 'user-agent': userAgent, ...connection.headers, ...(auditID !== undefined && { [auditIDHeader]: auditID }) }
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/exec`
  const query = new URLSearchParams({ stdout: 'true', stderr: 'true', ...(stdin !== undefined && { stdin: 'true' }) })
  if (container !== undefined) query.set('container', container)
  for (const argument of command) query.append('command', argument)
  const url = new URL(`${server.pathname.replace(/\/$/, '')}${path}?${query.toString()}`, server)
  url.protocol = server.protocol === 'https:' ? 'wss:' : 'ws:'
  requests?.add({ method: 'GET', path })
  const socket = new WebSocket(url, [protocol], { ...tls, agent: agentOf(connection), headers, perMessageDeflate: false })
  const output = { [channels.stdout]: [] as Buffer[], [channels.stderr]: [] as Buffer[] }
  let stop = () => undefined as void
  try {
    return await new Promise<ExecResult>((resolve, reject) => {
      const notReported = (cause?: unknown) => {
        const why = cause instanceof Error ? `: ${cause.message}` : ''
        const message = `The end of ${command[0] ?? ''} in Pod ${namespace}/${pod} was not reported${why}.`
        reject(new ApiError({ code: 0, reason: 'NoAnswer', message, cause }))
      }
      stop = () => notReported(signal.reason)
      signal.addEventListener('abort', stop)
      if (signal.aborted) stop()
      socket.on('unexpected-response', (_request, response: IncomingMessage) => {
        text(response).then((answer) => reject(refused(`GET ${path}`, response, answer)), notReported)
      })
      socket.on('open', () => {
        if (stdin !== undefined) send(socket, Buffer.from(stdin))
      })
      socket.on('message', (data: Buffer) => {
        const [channel] = data
        const payload = data.subarray(1)
        if (channel === channels.stdout || channel === channels.stderr) output[channel].push(payload)
        if (channel !== channels.status) return
        const texts = [output[channels.stdout], output[channels.stderr]].map((parts) => Buffer.concat(parts).toString('utf8'))
        const [stdout = '', stderr = ''] = texts
        try {
          resolve({ exitCode: exitCodeOf(payload, pod), stdout, stderr })
        } catch (error) {
          reject(error)
        }
      })
      socket.on('error', (cause) => reject(unanswered(`GET ${path}`, cause)))
      socket.on('close', () => notReported())
    })
  } finally {
    signal.removeEventListener('abort', stop)
    // Not closed but ended: the other side may be a node that answers nobody, and would be waited for.
    socket.terminate()
  }
}

function send(socket: WebSocket, bytes: Buffer): void {
  for (let start = 0; start < bytes.length; start += messageSize)
    socket.send(Buffer.concat([Buffer.from([channels.stdin]), bytes.subarray(start, start + messageSize)]))
  socket.send(Buffer.from([channels.close, channels.stdin]))
}

function exitCodeOf(payload: Buffer, pod: string): number {
  const status: unknown = JSON.parse(payload.toString('utf8'))
  if (field(status, 'status') === 'Success') return 0
  const causes = field(status, 'details', 'causes')
  const ended = (Array.isArray(causes) ? causes : []).find((cause) => field(cause, 'reason') === 'ExitCode')
  if (ended !== undefined) return Number(field(ended, 'message'))
  const [reason, message] = [field(status, 'reason'), field(status, 'message')].map((value) =>
    typeof value === 'string' ? value : 'Unknown',
  )
  throw new ApiError({ code: 500, reason: reason ?? '', message: `The command in Pod ${pod} could not be run: ${message}` })
}
