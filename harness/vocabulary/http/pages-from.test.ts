import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { localPods } from '../../testing/local-pods.ts'
import { pagesFrom } from './pages-from.ts'

/** What is kept of a page that a server answers with this status. */
async function fetched(status: number, page: string): Promise<unknown> {
  const server = createServer((_, response) => response.writeHead(status).end(page))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const pods = localPods({ 'web-0.nginx': `127.0.0.1:${(server.address() as AddressInfo).port}` })
  const { pod, label } = await pagesFrom('client', pods).fetch('web-0.nginx', 'written')
  expect(pod).toBe('client')
  return pods.measured.get(label)
}

test('a page is kept without the line break at its end', async () => {
  expect(await fetched(200, 'page of web-0\n')).toEqual({ outcome: 'done', value: 'page of web-0', said: 'status 200' })
})

test('a page that is not there is refused', async () => {
  expect(await fetched(403, '<html>\nForbidden\n</html>\n')).toEqual({ outcome: 'refused', value: null, said: 'status 403' })
})
