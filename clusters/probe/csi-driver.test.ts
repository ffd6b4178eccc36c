import { expect, test } from 'vitest'
import { featuresOfDriver } from './csi-driver.ts'

const name = 'nfs.csi.k8s.io'

function there(spec: object, pv?: object) {
  return featuresOfDriver({ name, found: { spec } }, pv).flatMap(({ feature, isThere }) => (isThere ? [feature] : []))
}

function why(feature: string, spec: object, pv?: object) {
  return featuresOfDriver({ name, found: { spec } }, pv).find((each) => each.feature === feature)?.seen
}

test('volumes are attached unless their driver says that they are not', () => {
  expect(there({ attachRequired: true })).toContain('VolumeAttachments')
  expect(there({})).toContain('VolumeAttachments')
  expect(there({ attachRequired: false })).not.toContain('VolumeAttachments')
  expect(why('VolumeAttachments', { attachRequired: false })).toBe('its CSIDriver says attachRequired: false')
})

test('the fsGroup of a Pod counts by the policy of the driver', () => {
  expect(there({ fsGroupPolicy: 'File' }, {})).toContain('FsGroup')
  expect(there({ fsGroupPolicy: 'None' }, { spec: { csi: { fsType: 'xfs' } } })).not.toContain('FsGroup')
})

test('without a policy the fsGroup counts where a volume names its file system, or none was made', () => {
  expect(there({}, { spec: { csi: { fsType: 'xfs' } } })).toContain('FsGroup')
  expect(there({})).toContain('FsGroup')
  expect(there({}, { spec: { csi: {} } })).not.toContain('FsGroup')
  expect(why('FsGroup', {}, { spec: { csi: {} } })).toBe(
    'its CSIDriver says fsGroupPolicy: ReadWriteOnceWithFSType, and a PersistentVolume of it names no fsType',
  )
})

test('a provisioner that is no CSI driver has none of it, and says why', () => {
  expect(featuresOfDriver({ name: 'rancher.io/local-path', found: undefined })).toEqual(
    ['FsGroup', 'VolumeAttachments'].map((feature) => ({
      ...{ feature, isThere: false, seen: 'there is no CSIDriver rancher.io/local-path' },
    })),
  )
  const [first] = featuresOfDriver({ name, found: undefined, unread: 'the CSIDriver is not known: forbidden' })
  expect(first).toMatchObject({ isThere: false, seen: 'the CSIDriver is not known: forbidden' })
})

test('a driver without a CSIDriver is known by its volume, and is as Kubernetes takes it to be', () => {
  const of = (csi: object) => featuresOfDriver({ name, found: undefined }, { spec: { csi: { driver: name, volumeHandle: 'v', ...csi } } })
  expect(of({ fsType: 'ext4' }).every(({ isThere }) => isThere)).toBe(true)
  expect(of({}).find(({ feature }) => feature === 'FsGroup')).toMatchObject({ isThere: false })
})

test('what a CSIDriver says is not guessed at by who may not read it', () => {
  const unread = 'the CSIDriver is not known: forbidden'
  const pv = { spec: { csi: { driver: name, volumeHandle: 'v', fsType: 'ext4' } } }
  expect(featuresOfDriver({ name, found: undefined, unread }, pv).map(({ feature, isThere }) => [feature, isThere])).toEqual([
    ['FsGroup', false],
    ['VolumeAttachments', false],
  ])
})
