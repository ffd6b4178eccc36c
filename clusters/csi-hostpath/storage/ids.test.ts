import { expect, test } from 'vitest'
import { isNodeId, isSnapshotId, isVolumeId, snapshotIdFor, volumeIdFor } from './ids.ts'

test('a name always gives the same id, and another name another', () => {
  expect(volumeIdFor('pvc-1')).toBe(volumeIdFor('pvc-1'))
  expect(volumeIdFor('pvc-1')).not.toBe(volumeIdFor('pvc-2'))
  expect(isVolumeId(volumeIdFor('../../etc'))).toBe(true)
  expect(isSnapshotId(snapshotIdFor('snapshot-1'))).toBe(true)
})

test.each(['', '..', '../x', 'vol-', 'vol-xyz', `vol-${'0'.repeat(24)}/..`, `vol-${'0'.repeat(24)}\n`, `snap-${'0'.repeat(24)}`])(
  'the volume id %j is not ours',
  (id) => {
    expect(isVolumeId(id)).toBe(false)
  },
)

test.each(['', '.', '..', 'a/b', '-a', 'a..b', 'A'])('the node id %j is no node name', (id) => {
  expect(isNodeId(id)).toBe(false)
})
