import { field } from '../object.ts'
import { ApiError } from '../kubernetes/api-error.ts'
import type { Connection } from '../kubernetes/connection.ts'
import { openWebSocket } from './web-socket.ts'

/** A command for a container. */
export interface ExecRequest {
  readonly connection: Connection
  readonly namespace: string
  readonly pod: string
  readonly container?: string | undefined
  readonly command: readonly string[]
  readonly stdin?: string | Uint8Array | undefined
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

/** Runs a command in a container and waits for its end. Throws `ApiError` when it could not be run or its end was not reported. */
export async function exec({ connection, namespace, pod, container, command, stdin, signal }: ExecRequest): Promise<ExecResult> {
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/exec`
  const query = new URLSearchParams({ stdout: 'true', stderr: 'true', ...(stdin !== undefined && { stdin: 'true' }) })
  if (container !== undefined) query.set('container', container)
  for (const argument of command) query.append('command', argument)
  const socket = await openWebSocket({ connection, path, query, protocol, signal })
  const abort = () => socket.close()
  signal.addEventListener('abort', abort)
  try {
    if (stdin !== undefined) {
      const bytes = Buffer.from(stdin)
      for (let start = 0; start < bytes.length; start += messageSize)
        socket.send(Buffer.concat([Buffer.from([channels.stdin]), bytes.subarray(start, start + messageSize)]))
      socket.send(Buffer.from([channels.close, channels.stdin]))
    }
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    for await (const message of socket.messages()) {
      const payload = message.subarray(1)
      if (message[0] === channels.stdout) stdout.push(payload)
      if (message[0] === channels.stderr) stderr.push(payload)
      if (message[0] === channels.status)
        return {
          exitCode: exitCodeOf(payload, pod),
          stdout: Buffer.concat(stdout).toString('utf8'),
          stderr: Buffer.concat(stderr).toString('utf8'),
        }
    }
    throw new ApiError({
      code: 0,
      reason: 'NoAnswer',
      message: `The end of ${command[0] ?? ''} in Pod ${namespace}/${pod} was not reported.`,
    })
  } finally {
    signal.removeEventListener('abort', abort)
    socket.close()
  }
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
