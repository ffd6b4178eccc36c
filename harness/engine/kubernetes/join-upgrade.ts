import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

/**
 * Sends a request on that asks for another protocol, such as a command in a container, and joins both connections once it is granted. A
 * refusal is passed back.
 */
export function joinUpgrade(request: ClientRequest, { socket, head }: { readonly socket: Duplex; readonly head: Buffer }): void {
  socket.on('error', () => socket.destroy())
  request.on('error', () => socket.destroy())
  request.on('response', (response) => {
    socket.write(headOf(response))
    response.pipe(socket)
  })
  request.on('upgrade', (response, opposite, rest) => {
    socket.write(headOf(response))
    socket.write(rest)
    opposite.write(head)
    opposite.on('error', () => socket.destroy()).on('close', () => socket.destroy())
    socket.on('close', () => opposite.destroy())
    opposite.pipe(socket).pipe(opposite)
  })
  request.end()
}

/** Status line and headers as they were received. */
function headOf({ statusCode = 502, statusMessage = '', rawHeaders }: IncomingMessage): string {
  const headers = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1] ?? ''}`] : []))
  return [`HTTP/1.1 ${statusCode} ${statusMessage}`, ...headers, '', ''].join('\r\n')
}
