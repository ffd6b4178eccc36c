import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { localPods } from '../../testing/local-pods.ts'
import { rabbitFrom } from './rabbitmq-from.ts'
import { rabbitLog } from './rabbitmq.ts'

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

/** What the node of Pod 0 is kept to say, given lines as RabbitMQ 3.10 writes them; undefined where it has no log yet. */
async function startOfNodeThatLogs(lines: readonly string[] | undefined) {
  const pods = localPods()
  const write = ['bash', '-c', 'printf "%s\\n" "${@:2}" > "$1"', 'bash', rabbitLog, ...(lines ?? [])]
  if (lines !== undefined) await pods.namespace.exec('rabbit-0', write)
  await rabbitFrom('client', pods, 'rabbit').start('rabbit-0', 'start', { within: 0 })
  return pods.measured.get('start')
}

const begins = [
  '2026-11-30 11:01:42.402742+00:00 [info] <0.223.0> Running boot step database defined by app rabbit',
  '2026-11-30 11:01:42.402984+00:00 [info] <0.223.0> Waiting for Mnesia tables for 30000 ms, 9 retries left',
]

const waitedInVain = [
  '2026-11-30 11:02:12.404055+00:00 [warning] <0.223.0> Error while waiting for Mnesia tables: {timeout_waiting_for_tables,',
  "2026-11-30 11:02:12.404055+00:00 [warning] <0.223.0>                                         ['rabbit@rabbit-2.rabbit',",
  "2026-11-30 11:02:12.404055+00:00 [warning] <0.223.0>                                          'rabbit@rabbit-1.rabbit',",
  "2026-11-30 11:02:12.404055+00:00 [warning] <0.223.0>                                          'rabbit@rabbit-0.rabbit'],",
  '2026-11-30 11:02:12.404055+00:00 [warning] <0.223.0>                                         [rabbit_durable_queue]}',
  '2026-11-30 11:02:12.404224+00:00 [info] <0.223.0> Waiting for Mnesia tables for 30000 ms, 8 retries left',
]

const starts = [
  '2026-11-30 11:02:59.804824+00:00 [info] <0.223.0> Successfully synced tables from a peer',
  '2026-11-30 11:02:59.998321+00:00 [info] <0.684.0> started TCP listener on [::]:5672',
  '2026-11-30 11:03:00.279401+00:00 [info] <0.571.0> Server startup complete; 3 plugins started.',
]

test('a node that waited for its peers in vain says so, and for which tables', async () => {
  const waits = { outcome: 'done', value: 'waits', said: expect.stringContaining('[rabbit_durable_queue]}') as string }
  expect(await startOfNodeThatLogs([...begins, ...waitedInVain])).toMatchObject(waits)
  expect(await startOfNodeThatLogs([...begins, ...waitedInVain, ...starts])).toMatchObject(waits)
})

test('a node that waits for a leader among its peers says so', async () => {
  const line = (left: number) =>
    `2026-09-28 03:48:34.063175+00:00 [info] <0.254.0> Waiting for Khepri leader for 30000 ms, ${left} retries left`
  expect(await startOfNodeThatLogs([line(9), line(8)])).toMatchObject({ outcome: 'done', value: 'waits' })
  expect(await startOfNodeThatLogs([line(9)])).toMatchObject({ outcome: 'silent' })
})

test('a node that starts at once does not wait', async () => {
  expect(await startOfNodeThatLogs([...begins, ...starts])).toMatchObject({ outcome: 'done', value: 'started' })
})

test('a node that is only slow is not said to wait', async () => {
  expect(await startOfNodeThatLogs(begins)).toMatchObject({ outcome: 'silent', value: null })
  expect(await startOfNodeThatLogs([])).toMatchObject({ outcome: 'silent' })
  expect(await startOfNodeThatLogs(undefined)).toMatchObject({ outcome: 'silent' })
})
