import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { createServer as createHttpServer } from 'node:http'

/**
 * How the API server is reached: by another port of this machine, so that nobody can tell whose cluster it is; by a proxy that works, that
 * is not there, that wants a password or that says nothing; or by a port that accepts connections and says nothing, or refuses them.
 */
export type WayName = 'relay' | 'proxy' | 'dead proxy' | 'refusing proxy' | 'silent proxy' | 'silent server' | 'dead server'

/** What a kubeconfig has to say for a way. */
export interface Way extends AsyncDisposable {
  readonly address: {
    /** Address of the API server. */
    readonly server: string
    readonly proxy?: string
  }
  /** Connections that were let through so far. */
  readonly passed: () => number
}

/** Opens a way to the API server at an address such as `https://127.0.0.1:40001`. */
export async function openWay(name: WayName, server: string): Promise<Way> {
  const api = new URL(server)
  let passed = 0
  const joined = (socket: Socket, to: URL, isOpen: () => void) => {
    passed += 1
    const opposite = connect(Number(to.port), to.hostname, isOpen)
    socket.pipe(opposite).pipe(socket)
    opposite.on('error', () => socket.destroy())
    socket.on('error', () => opposite.destroy())
  }
  const relay = () => createServer((socket) => joined(socket, api, () => undefined))
  const tunnel = (status: string | undefined) => {
    const proxy = createHttpServer()
    proxy.on('connect', (asked, stream) => {
      const socket = stream as Socket
      socket.on('error', () => socket.destroy())
      const to = new URL(`http://${asked.url ?? ''}`)
      if (status === undefined) joined(socket, to, () => socket.write('HTTP/1.1 200 Established\r\n\r\n'))
      else socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`)
    })
    return proxy
  }
  const silent = () => createServer((socket) => socket.on('error', () => socket.destroy()))
  const ways: Readonly<Record<WayName, { readonly listens: Server; readonly isProxy: boolean; readonly isDead?: true }>> = {
    relay: { listens: relay(), isProxy: false },
    proxy: { listens: tunnel(undefined), isProxy: true },
    'dead proxy': { listens: silent(), isProxy: true, isDead: true },
    'refusing proxy': { listens: tunnel('407 Proxy Authentication Required'), isProxy: true },
    'silent proxy': { listens: silent(), isProxy: true },
    'silent server': { listens: silent(), isProxy: false },
    'dead server': { listens: silent(), isProxy: false, isDead: true },
  }
  const { listens, isProxy, isDead } = ways[name]
  const sockets = new Set<Socket>()
  listens.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  listens.listen(0, '127.0.0.1')
  await once(listens, 'listening')
  const at = `127.0.0.1:${String((listens.address() as AddressInfo).port)}`
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    if (!listens.listening) return
    listens.close()
    await once(listens, 'close')
  }
  if (isDead) await close()
  return {
    address: isProxy ? { server, proxy: `http://${at}` } : { server: `https://${at}` },
    passed: () => passed,
    [Symbol.asyncDispose]: close,
  }
}
