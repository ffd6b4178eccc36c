import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** A directory that is served on the loopback interface. */
export interface Served {
  /** Without a slash at the end. */
  readonly address: string
  close(): Promise<void>
}

/** Serves the files of a directory: pages as HTML, all else as text. What is not there is answered with 404. */
export async function servedOverHttp(directory: string): Promise<Served> {
  const server = createServer(({ url = '' }, response) => {
    const path = join(directory, decodeURIComponent(new URL(url, 'http://localhost').pathname))
    if (!existsSync(path) || !statSync(path).isFile()) response.writeHead(404).end()
    else createReadStream(path).pipe(response.setHeader('content-type', path.endsWith('.html') ? 'text/html' : 'text/plain'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}
