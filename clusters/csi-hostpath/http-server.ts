import { createServer, type Server } from 'node:http'
import type { Metrics } from './metrics.ts'
import type { Readiness } from './readiness.ts'

/** Serves `/metrics` for Prometheus and `/readyz` for kubelet on a port of all addresses. */
export async function serveHttp(
  port: number,
  { metrics, whyNotReady }: { readonly metrics: Metrics; readonly whyNotReady: Readiness },
): Promise<Server> {
  const server = createServer((request, response) => {
    void answer(request.url ?? '').then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      (error: unknown) => response.writeHead(500, { 'content-type': 'text/plain' }).end(`${String(error)}\n`),
    )
  })
  const answer = async (path: string) => {
    if (path === '/metrics') return { status: 200, type: metrics.contentType, body: await metrics.text() }
    if (path !== '/readyz') return { status: 404, type: 'text/plain', body: 'Not found: use /metrics or /readyz.\n' }
    const reason = await whyNotReady()
    return { status: reason === undefined ? 200 : 503, type: 'text/plain', body: `${reason ?? 'ready'}\n` }
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`Cannot listen on port ${port}: ${error.message}`, { cause: error })))
    server.listen(port, resolve)
  })
  return server
}
