import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { localPods } from '../../testing/local-pods.ts'
import { sharedDatabase } from './shared-database.ts'

/** Two Pods with the same database, which is there already. */
async function opened(locks: boolean) {
  const pods = localPods()
  const [one, other] = [sharedDatabase('one', pods, { name: 'rows', locks }), sharedDatabase('other', pods, { name: 'rows', locks })]
  await one.create()
  return { pods, one, other, said: (label: string) => pods.measured.get(label) }
}

const done = { outcome: 'done', value: 'done', said: 'SQLite' }

test('with locks, a second transaction is refused until the first one is committed', async () => {
  const { one, other, said } = await opened(true)
  expect(await one.begin('first')).toEqual({ pod: 'one', label: 'first' })
  await other.begin('meanwhile')
  await other.commit('refused')
  await one.commit('committed')
  await other.begin('afterwards')
  await other.commit('again')
  await one.read('rows')
  expect(['first', 'committed', 'afterwards', 'again'].map(said)).toEqual([done, done, done, done])
  expect(said('meanwhile')).toMatchObject({ value: 'database is locked' })
  expect(said('refused')).toMatchObject({ value: 'no transaction' })
  expect(said('rows')).toEqual({ outcome: 'done', value: 'one, other', said: 'done' })
})

test('without locks, both transactions begin', async () => {
  const { one, other, said } = await opened(false)
  await one.begin('first')
  await other.begin('second')
  expect(['first', 'second'].map(said)).toEqual([done, done])
})

test('damage is refused, in the words of the database', async () => {
  const { pods, one, said } = await opened(true)
  const file = join(pods.data, 'rows.db')
  const content = readFileSync(file)
  writeFileSync(file, content.fill(0xff, content.length / 2))
  await one.read('damaged')
  expect(said('damaged')).toMatchObject({ outcome: 'refused', value: null, said: expect.stringMatching(/^Error: /) as string })
})

test('a Pod that cannot open the database says so', async () => {
  const database = sharedDatabase('one', localPods({ '/data/': '/data/gone/' }), { name: 'rows', locks: true })
  await expect(database.create()).rejects.toThrow('Pod one could not use its database')
})
