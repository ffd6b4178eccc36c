import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { localPods } from '../../testing/local-pods.ts'
import { rabbitFrom } from './rabbitmq-from.ts'

/** Pod 0, whose node answers each question with this status and text, or hangs up, and Pod 1, where nobody answers. */
async function nodesThatSay(answer: { readonly status: number; readonly text: string } | 'nothing') {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    if (answer === 'nothing') request.destroy()
    else response.writeHead(answer.status).end(answer.text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const pods = localPods({ 'rabbit-0.rabbit:15672': `127.0.0.1:${port}`, 'rabbit-1.rabbit:15672': '127.0.0.1:1' })
  return { rabbit: rabbitFrom('client', pods, 'rabbit'), measured: pods.measured, asked }
}

test('members are named in order, with those that are away', async () => {
  const nodes = [
    { name: 'rabbit@rabbit-1.rabbit', running: false },
    { name: 'rabbit@rabbit-0.rabbit', running: true },
  ]
  const { rabbit, measured } = await nodesThatSay({ status: 200, text: JSON.stringify(nodes) })
  await rabbit.members('rabbit-0', 'nodes')
  expect(measured.get('nodes')).toMatchObject({ value: 'rabbit@rabbit-0.rabbit, rabbit@rabbit-1.rabbit (away)' })
})

test('a message is confirmed or refused, or nothing is known of it', async () => {
  const published = async (said: Parameters<typeof nodesThatSay>[0], pod = 'rabbit-0') => {
    const { rabbit, measured } = await nodesThatSay(said)
    await rabbit.publish(pod, 'order', { queue: 'orders', text: 'first' })
    return measured.get('order')
  }
  expect(await published({ status: 200, text: '{"routed":true}' })).toMatchObject({ outcome: 'done', value: 'confirmed' })
  expect(await published({ status: 200, text: '{"routed":false}' })).toMatchObject({ outcome: 'done', value: 'in no queue' })
  expect(await published({ status: 400, text: '{"error":"bad_request","reason":"rejected"}' })).toMatchObject({
    outcome: 'refused',
    said: 'rejected',
  })
  expect(await published('nothing')).toMatchObject({ outcome: 'silent' })
  expect(await published('nothing', 'rabbit-1')).toMatchObject({ outcome: 'silent' })
})

test('messages are kept in order', async () => {
  const { rabbit, measured, asked } = await nodesThatSay({ status: 200, text: '[{"payload":"second"},{"payload":"third"}]' })
  await rabbit.take('rabbit-0', 'orders', { queue: 'orders' })
  expect(measured.get('orders')).toEqual({ outcome: 'done', value: 'second, third', said: 'done' })
  expect(asked).toEqual(['POST /api/queues/%2F/orders/get'])
})

test('a queue that cannot be made is no verdict', async () => {
  const { rabbit } = await nodesThatSay({ status: 400, text: '{"error":"bad_request","reason":"inequivalent arg"}' })
  await expect(rabbit.declare('rabbit-0', 'orders', 'quorum')).rejects.toThrow('inequivalent arg')
})
