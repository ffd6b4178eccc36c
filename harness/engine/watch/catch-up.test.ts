import { expect, test } from 'vitest'
import { summarised } from '../judge/sequence.ts'
import { type Answer, event, list, pod, stream, streamThenDrop, watched } from '../../testing/scripted-server.ts'

test.concurrent('catching up waits for what the API server has', async ({ onTestFinished }) => {
  let deliver: (() => void) | undefined
  const { history, watch } = await watched(
    [
      list(10),
      (response) => (deliver = () => response.write(event('ADDED', pod('a', 11)))),
      (response, request) => {
        list(12, pod('a', 11))(response, request)
        deliver?.()
      },
    ],
    { onTestFinished },
  )
  await watch.catchUp(60)
  expect(history.entries.map(summarised)).toEqual(['Pod a ADDED'])
})

test.concurrent('what the watch does not deliver is a gap', async ({ onTestFinished }) => {
  const { history, watch } = await watched([list(10), stream(), list(12, pod('a', 11))], { onTestFinished })
  await watch.catchUp(2)
  expect(history.entries).toMatchObject([{ type: 'gap', reason: 'The watch did not deliver a at resourceVersion 11 within 2 s.' }])
})

test.concurrent('a deletion that the watch does not deliver is a gap', async ({ onTestFinished }) => {
  const { history, watch } = await watched([list(10, pod('a', 9), pod('b', 8)), stream(), list(12, pod('b', 8))], { onTestFinished })
  await watch.catchUp(2)
  expect(history.entries.slice(2)).toMatchObject([
    { type: 'gap', reason: 'The watch did not deliver the deletion of a, which was gone at resourceVersion 12, within 2 s.' },
  ])
})

test.concurrent('catching up waits for a deletion', async ({ onTestFinished }) => {
  let deliver: (() => void) | undefined
  const { history, watch } = await watched(
    [
      list(10, pod('a', 9)),
      (response) => (deliver = () => response.write(event('DELETED', pod('a', 11)))),
      (response, request) => {
        list(12)(response, request)
        deliver?.()
      },
    ],
    { onTestFinished },
  )
  await watch.catchUp(60)
  expect(history.entries.map(summarised)).toEqual(['Pod a EXISTING', 'Pod a DELETED'])
})

test.concurrent('what was made, changed or deleted after the list is no gap', async ({ onTestFinished }) => {
  const later = [event('ADDED', pod('new', 13)), event('MODIFIED', pod('a', 14)), event('DELETED', pod('b', 15))]
  const { history, watch, length } = await watched(
    [list(10, pod('a', 9), pod('b', 8)), stream(...later), list(12, pod('a', 9), pod('b', 8))],
    { onTestFinished },
  )
  await length(5)
  await watch.catchUp(60)
  expect(history.entries.map(summarised)).toEqual(['Pod a EXISTING', 'Pod b EXISTING', 'Pod new ADDED', 'Pod a', 'Pod b DELETED'])
})

test.concurrent('an object that left the selector and came back is missing until it is delivered', async ({ onTestFinished }) => {
  const { history, watch, length } = await watched(
    [list(10, pod('a', 9)), stream(event('DELETED', pod('a', 11))), list(14, pod('a', 13))],
    { onTestFinished },
  )
  await length(2)
  await watch.catchUp(2)
  expect(history.entries[2]).toMatchObject({ reason: 'The watch did not deliver a at resourceVersion 13 within 2 s.' })
})

test.concurrent('catching up looks at what the watch looks at, and an object once recorded is recorded to its end', async ({
  onTestFinished,
}) => {
  const ours = (name: string, resourceVersion: number, owner: string) => ({ ...pod(name, resourceVersion), owner })
  const { history, watch, length } = await watched(
    [
      list(10, ours('a', 9, 'us'), ours('other', 8, 'them')),
      stream(event('MODIFIED', ours('a', 11, 'nobody')), event('ADDED', ours('stranger', 12, 'them'))),
      list(13, ours('a', 11, 'nobody'), ours('other', 8, 'them'), ours('third', 13, 'them')),
    ],
    { matches: (object) => object['owner'] === 'us', onTestFinished },
  )
  await length(2)
  await watch.catchUp(60)
  expect(history.entries.map(summarised)).toEqual(['Pod a EXISTING', 'Pod a'])
})

test.concurrent('resourceVersions without an order cannot be compared, which is a gap', async ({ onTestFinished }) => {
  const { history, watch, length } = await watched(
    [
      list(10),
      stream(event('ADDED', pod('a', 11))),
      (response) => response.end(JSON.stringify({ metadata: { resourceVersion: 'x' }, items: [] })),
    ],
    { onTestFinished },
  )
  await length(1)
  await watch.catchUp(60)
  expect(history.entries.at(-1)).toMatchObject({
    reason: 'The state could not be compared with the API server: resourceVersion "x" is not a number.',
  })
})

test.concurrent('catching up opens a stalled watch again, on another connection', async ({ onTestFinished }) => {
  const { history, watch } = await watched(
    [
      list(10, pod('a', 9)),
      stream(),
      list(12),
      stream(event('ADDED', pod('short-lived', 11)), event('DELETED', pod('short-lived', 11)), event('DELETED', pod('a', 12))),
    ],
    { onTestFinished },
  )
  await watch.catchUp(6)
  expect(history.entries.slice(0, -1).map(summarised)).toEqual([
    ...['Pod a EXISTING', 'Pod short-lived ADDED', 'Pod short-lived DELETED', 'Pod a DELETED'],
  ])
  expect(history.entries.at(-1)).toMatchObject({
    ...{ type: 'mark', name: expect.stringMatching(/came at least \d+\.\d s later\.$/) },
    ...{ lateWatchOf: 'Pod', lateBy: expect.toSatisfy((seconds: number) => seconds > 2) },
  })
})

test.concurrent('a watch that is down cannot catch up, although nothing seems to be missing', async ({ onTestFinished }) => {
  const refused: Answer = (response) => response.writeHead(500).end('broken')
  const { history, watch } = await watched([list(10), streamThenDrop(), list(12), ...Array.from({ length: 20 }, () => refused)], {
    onTestFinished,
  })
  await watch.catchUp(2)
  expect(history.entries.at(-1)).toMatchObject({ type: 'gap', reason: expect.stringMatching(/^The watch was down for 2 s: /) })
})
