import { expect, test } from 'vitest'
import { readBaked } from './baked-images.ts'

test('a node image says which images are in it', () => {
  const labels = {
    'dev.holdfast.content': 'abc',
    'dev.holdfast.image.csi-hostpath': 'sha256:1',
    'dev.holdfast.image.csi-resizer': 'sha256:2 sha256:3',
  }
  expect([...readBaked(JSON.stringify(labels))]).toEqual([
    ['csi-hostpath', { imageId: 'sha256:1' }],
    ['csi-resizer', { imageId: 'sha256:2', digest: 'sha256:3' }],
  ])
})

test('one that was baked without them, or is gone, says nothing', () => {
  expect(readBaked('null').size).toBe(0)
})
