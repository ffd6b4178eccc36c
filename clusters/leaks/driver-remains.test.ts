import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { callsSince, idsInDriver, loopDevicesOf, volumesMounted } from './driver-remains.ts'

function directoryWith(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true })
    writeFileSync(join(directory, name), content)
  }
  return directory
}

test('the calls of a run are those since its beginning, of all processes in order of time', () => {
  const call = (at: string) => `${JSON.stringify({ at: `2026-11-29T10:00:0${at}Z`, method: 'CreateVolume', code: 'OK' })}\n`
  const directory = directoryWith({ 'plane-controller.jsonl': call('1') + call('4'), 'worker-node.jsonl': call('3') })
  expect(callsSince(directory, '2026-11-29T10:00:02Z').map(({ at }) => at)).toEqual(['2026-11-29T10:00:03Z', '2026-11-29T10:00:04Z'])
})

const oneOfEach = {
  ...{ 'volumes/v1.img': '', 'state/volumes/v2.json': '', 'snapshots/s1.img': '', 'state/snapshots/.keep': '' },
  'calls/x.jsonl': '',
}

test('where there is no call log, or nobody may read what the driver has, nothing is said of leaks', () => {
  const none = directoryWith({})
  expect(() => callsSince(none, '2026')).toThrow(`The CSI driver has no call log in ${none}: nobody knows whether storage was left behind.`)
  expect(() => callsSince(join(none, 'calls'), '2026')).toThrow(/calls of the CSI driver cannot be read: ENOENT.*: nobody knows/)
  expect(() => idsInDriver(join(none, 'calls'))).toThrow(/volumes of the CSI driver cannot be read: ENOENT.*: nobody knows/)
})

test('a volume counts as there with its record or its image alone', () => {
  const directory = directoryWith(oneOfEach)
  const { volumesInDriver, snapshotsInDriver } = idsInDriver(join(directory, 'calls'))
  expect([...volumesInDriver].toSorted()).toEqual(['v1', 'v2'])
  expect([...snapshotsInDriver]).toEqual(['s1'])
})

test('loop devices are known by the image that they serve, or served', async () => {
  const directory = directoryWith({
    'loop1/loop/backing_file': '/var/lib/holdfast/volumes/volumes/v1.img\n',
    'loop2/loop/backing_file': '/home/somebody/disk.img\n',
    'loop3/loop/backing_file': '/var/lib/holdfast/volumes/volumes/v3.img (deleted)\n',
  })
  expect((await loopDevicesOf(new Set(['v1', 'v3']), directory)).toSorted((one, other) => one.volume.localeCompare(other.volume))).toEqual([
    { volume: 'v1', what: 'loop device loop1' },
    { volume: 'v3', what: 'loop device loop3' },
  ])
})

test('the directory of a staged volume is named after the digest of its handle', () => {
  const digest = createHash('sha256').update('v1').digest('hex')
  const path = `/var/lib/kubelet/plugins/kubernetes.io/csi/csi.example.com/${digest}/globalmount`
  const mounts = `/dev/loop1 ${path} xfs rw 0 0\n/dev/loop2 ${path.replace('csi.example.com', 'csi.other.com')} xfs rw 0 0\n`
  expect(volumesMounted(mounts, { driver: 'csi.example.com', byDirectory: new Map([[digest, 'v1']]) })).toEqual([{ volume: 'v1', path }])
})
