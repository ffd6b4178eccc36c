import { expect, test } from 'vitest'
import { leaksOf, type LoggedCall, type Remains } from './account.ts'

const nothing: Remains = {
  volumes: new Map(),
  snapshots: new Set(),
  attached: new Set(),
  volumesInDriver: new Set(),
  snapshotsInDriver: new Set(),
  uses: [],
}

const at = '2026-11-29T10:00:00.000Z'
const created: LoggedCall = { at, method: 'CreateVolume', code: 'OK', request: { name: 'pvc-1' }, volumeId: 'v1' }
const deleted: LoggedCall = { at, method: 'DeleteVolume', code: 'OK', volumeId: 'v1' }
const taken: LoggedCall = { at, method: 'CreateSnapshot', code: 'OK', request: { name: 'snapshot-1' }, volumeId: 'v1', snapshotId: 's1' }
const removed: LoggedCall = { at, method: 'DeleteSnapshot', code: 'OK', snapshotId: 's1' }

test('what was made and deleted is accounted for', () => {
  expect(leaksOf([created, taken, removed, deleted], nothing)).toEqual([])
})

test('what the API server still knows is no leak', () => {
  const remains = { ...nothing, volumes: new Map([['pvc-1', 'v1']]), volumesInDriver: new Set(['v1']), snapshots: new Set(['s1']) }
  expect(leaksOf([created, taken], remains)).toEqual([])
})

test('a call that was repeated made one volume', () => {
  expect(leaksOf([{ ...created, code: 'ABORTED' }, created, created], { ...nothing, volumesInDriver: new Set(['v1']) })).toEqual([
    'The CSI driver still has volume v1, made for pvc-1, which no PersistentVolume names and nobody asked it to delete.',
  ])
})

test('a volume that was restored from a snapshot is a volume', () => {
  expect(leaksOf([{ ...created, snapshotId: 's1' }], nothing)).toEqual([
    'No DeleteVolume succeeded for volume v1, made for pvc-1, which no PersistentVolume names.',
  ])
})

test('a deletion that failed is none', () => {
  expect(leaksOf([created, { ...deleted, code: 'INTERNAL' }], nothing)).toEqual([
    'No DeleteVolume succeeded for volume v1, made for pvc-1, which no PersistentVolume names.',
  ])
  expect(leaksOf([created, { ...deleted, code: 'INTERNAL' }], { ...nothing, volumesInDriver: new Set(['v1']) })).toEqual([
    'The CSI driver still has volume v1, made for pvc-1, which no PersistentVolume names and which it failed to delete.',
  ])
})

test('the snapshots of a group are accounted for one by one, and deleted with it', () => {
  const group = { group_snapshot_id: 'g1', snapshots: [{ snapshot_id: 's1' }, { snapshot_id: 's2' }] }
  const grouped: LoggedCall = {
    ...{ at, method: 'CreateVolumeGroupSnapshot', code: 'OK', request: { name: 'group-1' } },
    response: { group_snapshot: group },
  }
  const ungrouped: LoggedCall = { at, method: 'DeleteVolumeGroupSnapshot', code: 'OK', request: { group_snapshot_id: 'g1' } }
  const kept = { ...nothing, snapshotsInDriver: new Set(['s2']) }
  expect(leaksOf([grouped, ungrouped], nothing)).toEqual([])
  expect(leaksOf([grouped], { ...kept, snapshots: new Set(['s1', 's2']) })).toEqual([])
  expect(leaksOf([grouped, ungrouped], kept)).toEqual([
    'The CSI driver answered that it deleted snapshot s2, made as group-1, and still has it.',
  ])
  expect(leaksOf([grouped], kept)).toEqual([
    'No DeleteSnapshot succeeded for snapshot s1, made as group-1, which no VolumeSnapshotContent names.',
    'The CSI driver still has snapshot s2, made as group-1, which no VolumeSnapshotContent names and nobody asked it to delete.',
  ])
})

test('a driver that says it deleted what it keeps is told from one that was not asked', () => {
  const remains = { ...nothing, volumesInDriver: new Set(['v1']), snapshotsInDriver: new Set(['s1']) }
  expect(leaksOf([created, taken, removed, deleted], remains)).toEqual([
    'The CSI driver answered that it deleted volume v1, made for pvc-1, and still has it.',
    'The CSI driver answered that it deleted snapshot s1, made as snapshot-1, and still has it.',
  ])
  expect(leaksOf([taken], remains)).toEqual([
    'The CSI driver still has snapshot s1, made as snapshot-1, which no VolumeSnapshotContent names and nobody asked it to delete.',
  ])
})

test('a volume that is lost behind its PersistentVolume is found', () => {
  expect(leaksOf([created], { ...nothing, volumes: new Map([['pvc-1', 'v1']]) })).toEqual([
    'PersistentVolume pvc-1 names volume v1, which the CSI driver does not have.',
  ])
})

test('a loop device is left over once its volume is attached to no node', () => {
  const uses = [{ volume: 'v1', what: 'loop device loop4' }]
  const known = { ...nothing, volumes: new Map([['pvc-1', 'v1']]), volumesInDriver: new Set(['v1']), uses }
  expect(leaksOf([created], { ...known, attached: new Set(['pvc-1']) })).toEqual([])
  expect(leaksOf([created], known)).toEqual(['There still is loop device loop4 of volume v1, which is attached to no node.'])
})

test('what was there before the run is none of its business', () => {
  expect(leaksOf([], { ...nothing, volumesInDriver: new Set(['old']), uses: [{ volume: 'old', what: 'loop device loop1' }] })).toEqual([])
})
