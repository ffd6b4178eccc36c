import { readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { localPods } from '../../testing/local-pods.ts'
import { tryToStore } from './try-to-store.ts'

test('what there is room for is stored, and removed again', async () => {
  const pods = localPods()
  expect(await tryToStore('web-0', pods, 'once more')).toEqual({ pod: 'web-0', label: 'once more' })
  expect(pods.measured.get('once more')).toEqual({ outcome: 'done', value: null, said: 'done' })
  expect(readdirSync(pods.data)).toEqual([])
})

test('a volume without room refuses, in its words', async () => {
  const pods = localPods()
  symlinkSync('/dev/full', join(pods.data, 'more'))
  await tryToStore('web-0', pods, 'full')
  expect(pods.measured.get('full')).toMatchObject({
    outcome: 'refused',
    said: expect.stringContaining('No space left on device') as string,
  })
  expect(readdirSync(pods.data)).toEqual([])
})

test('any other failure says nothing of the room', async () => {
  const pods = localPods({ '/data/more': '/data/gone/more' })
  await tryToStore('web-0', pods, 'gone')
  expect(pods.measured.get('gone')).toMatchObject({
    outcome: 'silent',
    said: expect.stringContaining('No such file or directory') as string,
  })
})
