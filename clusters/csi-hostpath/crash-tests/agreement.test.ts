import { expect, test } from 'vitest'
import { disagreements, leftHalfMade, losses, type Acknowledged, type AcknowledgedVolume, type Observed } from './agreement.ts'

const mounted: AcknowledgedVolume = {
  id: 'vol-mounted',
  size: 300,
  sizeAtMost: 300,
  attachedTo: ['node-1'],
  mountedAt: ['/staging/mounted', '/pods/mounted'],
}
const idle: AcknowledgedVolume = { id: 'vol-idle', size: 400, sizeAtMost: 400, attachedTo: [], mountedAt: [] }
const kept = { id: 'snap-kept', size: 300 }
const acknowledged: Acknowledged = { volumes: [mounted, idle], snapshots: [kept], groups: ['group-kept'] }

const agreeing: Observed = {
  listedVolumes: [idle, mounted],
  listedSnapshots: [kept],
  volumeRecords: [idle.id, mounted.id],
  snapshotRecords: [kept.id],
  groupRecords: ['group-kept'],
  stagedRecords: ['vol-mounted.node-1'],
  volumeImages: [mounted, idle],
  snapshotImages: [kept],
  inline: [],
  strays: [],
  loopDevices: [{ number: '7:1', image: 'volumes/vol-mounted.img' }],
  mounts: [
    { path: '/staging/mounted', device: '7:1' },
    { path: '/pods/mounted', device: '7:1' },
  ],
  frozen: [],
  processes: [],
}

const other = { id: 'vol-other', size: 300, attachedTo: [] }
const [stagingMount] = agreeing.mounts

test('a driver that shows what it has acknowledged agrees, in whatever order', () => {
  expect(disagreements(agreeing, acknowledged)).toEqual([])
  expect(losses(agreeing, acknowledged)).toEqual([])
  expect(leftHalfMade(agreeing)).toEqual([])
})

test.each<readonly [Partial<Observed>, readonly string[]]>([
  [{ listedVolumes: [mounted] }, ['ListVolumes: vol-idle of 400 bytes on no node is missing']],
  [{ listedVolumes: [idle, mounted, other] }, ['ListVolumes: vol-other of 300 bytes on no node should not be there']],
  [{ listedVolumes: [idle, mounted, mounted] }, ['ListVolumes: vol-mounted of 300 bytes on node-1 should not be there']],
  [
    { listedVolumes: [idle, { ...mounted, attachedTo: [] }] },
    ['ListVolumes: vol-mounted of 300 bytes on no node should not be there', 'ListVolumes: vol-mounted of 300 bytes on node-1 is missing'],
  ],
  [{ volumeRecords: [idle.id] }, ['volume records: vol-mounted is missing']],
  [{ volumeRecords: [idle.id, mounted.id, other.id] }, ['volume records: vol-other should not be there']],
  [{ volumeImages: [idle] }, ['volume images: vol-mounted of 300 bytes is missing']],
  [
    { volumeImages: [mounted, { ...idle, size: 300 }] },
    ['volume images: vol-idle of 300 bytes should not be there', 'volume images: vol-idle of 400 bytes is missing'],
  ],
  [{ groupRecords: [] }, ['group records: group-kept is missing']],
  [{ stagedRecords: [] }, ['staged records: vol-mounted.node-1 is missing']],
  [{ stagedRecords: [...agreeing.stagedRecords, 'vol-idle.node-2'] }, ['staged records: vol-idle.node-2 should not be there']],
  [{ listedSnapshots: [] }, ['ListSnapshots: snap-kept of 300 bytes is missing']],
  [{ snapshotRecords: [] }, ['snapshot records: snap-kept is missing']],
  [{ snapshotImages: [kept, { id: 'snap-orphan', size: 300 }] }, ['snapshot images: snap-orphan of 300 bytes should not be there']],
  [{ inline: ['eph-1.img'] }, ['files of inline volumes: eph-1.img should not be there']],
  [{ strays: ['volumes/vol-idle.img.partial'] }, ['files: volumes/vol-idle.img.partial should not be there']],
  [
    { loopDevices: [...agreeing.loopDevices, { number: '7:2', image: 'volumes/vol-gone.img (deleted)' }] },
    ['loop devices: volumes/vol-gone.img (deleted) should not be there'],
  ],
  [
    { loopDevices: [], mounts: [] },
    [
      'loop devices: volumes/vol-mounted.img is missing',
      'mounts: volumes/vol-mounted.img at /staging/mounted is missing',
      'mounts: volumes/vol-mounted.img at /pods/mounted is missing',
    ],
  ],
  [
    { mounts: [...agreeing.mounts, ...(stagingMount === undefined ? [] : [stagingMount])] },
    ['mounts: volumes/vol-mounted.img at /staging/mounted should not be there'],
  ],
  [
    { mounts: agreeing.mounts.map((mount) => ({ ...mount, device: mount === stagingMount ? '7:9' : mount.device })) },
    ['mounts: device 7:9 at /staging/mounted should not be there', 'mounts: volumes/vol-mounted.img at /staging/mounted is missing'],
  ],
  [{ frozen: ['/pods/mounted'] }, ['frozen file systems: /pods/mounted should not be there']],
  [{ processes: ['cp --sparse=always a b'] }, ['processes: cp --sparse=always a b should not be there']],
])('a driver at rest disagrees: %j', (planted, sentences) => {
  expect(disagreements({ ...agreeing, ...planted }, acknowledged)).toEqual(sentences)
})

test.each<readonly [Partial<Observed>, readonly string[]]>([
  [{ listedVolumes: [mounted] }, ['volume vol-idle was acknowledged and is not in ListVolumes']],
  [{ volumeImages: [mounted] }, ['volume vol-idle was acknowledged and is not in volumes']],
  [{ volumeImages: [mounted, { ...idle, size: 399 }] }, ['volume vol-idle has 399 bytes in volumes, not 400']],
  [{ groupRecords: [] }, ['group group-kept was acknowledged and has no record']],
  [{ listedSnapshots: [] }, ['snapshot snap-kept was acknowledged and is not in ListSnapshots']],
  [{ snapshotImages: [] }, ['snapshot snap-kept was acknowledged and is not in snapshots']],
  [{ listedVolumes: [idle, { ...mounted, attachedTo: [] }] }, ['volume vol-mounted is no longer attached to node-1']],
  [{ mounts: agreeing.mounts.filter((mount) => mount !== stagingMount) }, ['volume vol-mounted is no longer mounted at /staging/mounted']],
])('a driver that was cut off lost something: %j', (planted, sentences) => {
  expect(losses({ ...agreeing, ...planted }, acknowledged)).toEqual(sentences)
})

test('what nobody acknowledged yet is no loss; the part of an expansion that was not answered is not either', () => {
  const more = { ...agreeing, listedVolumes: [...agreeing.listedVolumes, other], volumeImages: [...agreeing.volumeImages, other] }
  expect(losses(more, acknowledged)).toEqual([])
  const growing = { ...acknowledged, volumes: [mounted, { ...idle, sizeAtMost: 500 }] }
  const half = { ...agreeing, volumeImages: [mounted, { ...idle, size: 500 }] }
  expect(losses(half, growing)).toEqual([])
  expect(losses({ ...agreeing, volumeImages: [mounted, { ...idle, size: 501 }] }, growing)).toEqual([
    'volume vol-idle has 501 bytes in volumes, not 400 to 500',
  ])
})

test.each<readonly [Partial<Observed>, readonly string[]]>([
  [{ volumeRecords: [idle.id] }, ['volume images: vol-mounted should not be there', 'ListVolumes: vol-mounted should not be there']],
  [{ volumeImages: [idle] }, ['volume images: vol-mounted is missing']],
  [{ snapshotImages: [] }, ['snapshot images: snap-kept is missing']],
  [{ listedSnapshots: [] }, ['ListSnapshots: snap-kept is missing']],
  [{ strays: ['state/frozen/vol-idle.json'] }, ['files: state/frozen/vol-idle.json should not be there']],
  [{ frozen: ['/pods/mounted'] }, ['frozen file systems: /pods/mounted should not be there']],
])('a start left something half made: %j', (planted, sentences) => {
  expect(leftHalfMade({ ...agreeing, ...planted })).toEqual(sentences)
})
