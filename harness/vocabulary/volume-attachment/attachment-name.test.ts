import { expect, test } from 'vitest'
import { attachmentNameOf } from './attachment-name.ts'

test('the name is as the attach-detach controller makes it', () => {
  // printf 'vol-1example.comnode-a' | sha256sum
  const name = 'csi-31bd61784509b6f81fa87f27ce2ae3868e2963c0e1a53b25b1db8b4da4b9a96f'
  expect(attachmentNameOf({ volumeHandle: 'vol-1', driver: 'example.com', node: 'node-a' })).toBe(name)
})
