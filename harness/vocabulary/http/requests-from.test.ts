import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { ObservedObject } from '../../engine/history/history-entry.ts'
import { localPods } from '../../testing/local-pods.ts'
import { serverPort } from '../service/named-servers.ts'
import { requestsFrom } from './requests-from.ts'

/** A Pod that sends requests to a Service, behind which servers of these names answer in turn; none where there is no name. */
async function requester(...names: readonly string[]) {
  return requesterTo((asked) => names[asked % names.length])
}

/** A Pod that sends requests to a Service, of which each is answered by the server that its number gives; not where it gives none. */
async function requesterTo(serverOf: (asked: number) => string | undefined) {
  let asked = 0
  const server = createServer((request, response) => {
    const name = serverOf(asked++)
    if (name === undefined) request.destroy()
    else response.end(name)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const pods = localPods({ [`port: ${serverPort}`]: `port: ${(server.address() as AddressInfo).port}` })
  const service = { metadata: { name: 'web' }, spec: { clusterIP: '127.0.0.1' } } as unknown as ObservedObject
  const namespace = { ...pods.namespace, read: async () => Promise.resolve(service) }
  return { ...requestsFrom('client', { ...pods, namespace }), measured: pods.measured, asked: () => asked }
}

test('requests in the background are counted by who answered, until they are stopped', async () => {
  const { start, stop, measured, asked } = await requester('web-0', 'web-1')
  await start('web')
  await vi.waitFor(() => expect(asked()).toBeGreaterThan(3), { timeout: 30_000 })
  expect(await stop('web', 'at rest')).toEqual({ pod: 'client', label: 'web, at rest' })
  const some = expect.any(Number) as number
  expect(measured.get('web, at rest')).toEqual({ answered: { 'web-0': some, 'web-1': some }, failed: 0, failure: null })
})

test('a burst is sent until just those answer that are named', async () => {
  const { ask, measured } = await requester('web-0')
  await ask('web', 'alone', ['web-0'])
  expect(measured.get('web, alone')).toEqual({ answered: { 'web-0': 24 }, failed: 0, failure: null })
})

test('a burst of which some are refused is not the last one, though each server answered', async () => {
  const { ask, measured, asked } = await requesterTo((number) => (number < 6 ? undefined : `web-${number % 2}`))
  await ask('web', 'at first', ['web-0', 'web-1'])
  expect(measured.get('web, at first')).toEqual({ answered: { 'web-0': 12, 'web-1': 12 }, failed: 0, failure: null })
  expect(asked()).toBe(48)
})

test('requests that nobody answers are counted with the first reason', async () => {
  const { ask, measured } = await requester()
  await ask('web', 'none', [])
  expect(measured.get('web, none')).toEqual({ answered: {}, failed: 24, failure: 'socket hang up' })
})
