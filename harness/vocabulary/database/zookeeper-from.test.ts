import { expect, test } from 'vitest'
import { answerOf } from './zookeeper-from.ts'

const begun = `Connecting to zk-0.zk:2181
Welcome to ZooKeeper!
JLine support is disabled

WATCHER::

WatchedEvent state:SyncConnected type:None path:null
`

test('a value is what stands behind its mark, with a prompt before it or without', () => {
  expect(answerOf(`${begun}Sync is OK\nvalue=blue\n`)).toEqual({ outcome: 'done', value: 'blue', said: 'done' })
  const prompted = `${begun}[zk: zk-0.zk:2181(CONNECTED) 0] get /colour\nvalue=blue\n[zk: zk-0.zk:2181(CONNECTED) 1] `
  expect(answerOf(prompted)).toMatchObject({ outcome: 'done', value: 'blue' })
})

test('a key that was created, and one that is not there, are answers', () => {
  const created = `${begun}[zk: zk-0.zk:2181(CONNECTED) 0] create /colour value=blue\nCreated /colour\n`
  expect(answerOf(created)).toMatchObject({ outcome: 'done', value: null, said: 'created' })
  expect(answerOf(`${begun}Node does not exist: /colour\n`)).toMatchObject({ outcome: 'done', value: null, said: 'no such node' })
})

test('a key that is there already is refused, and a lost connection is no answer', () => {
  expect(answerOf(`${begun}Node already exists: /colour\n`)).toMatchObject({ outcome: 'refused' })
  const lost = 'KeeperErrorCode = ConnectionLoss for /colour'
  expect(answerOf(`Connecting to zk-0.zk:2181\n${lost}\n`)).toEqual({ outcome: 'silent', value: null, said: lost })
  expect(answerOf('')).toEqual({ outcome: 'silent', value: null, said: '' })
})
