import { expect, test } from 'vitest'
import { type ApiObjects, leftInApi } from './left-in-api.ts'

const volume = (name: string, namespace: string) => ({ metadata: { name }, spec: { claimRef: { namespace, name: 'data' } } })
const attachment = { metadata: { name: 'csi-1' }, spec: { attacher: 'd', nodeName: 'worker', source: { persistentVolumeName: 'pv-1' } } }
const content = { kind: 'VolumeSnapshotContent', metadata: { name: 'content-1' }, spec: { volumeSnapshotRef: { namespace: 'hf-a-copy' } } }
const objects: ApiObjects = {
  volumes: [volume('pv-1', 'hf-a'), volume('pv-2', 'hf-b'), volume('pv-3', 'shop')],
  attachments: [attachment],
  contents: [content],
  namespaces: [{ metadata: { name: 'hf-b' } }, { metadata: { name: 'default' } }],
}

test('what is left of a namespace that is gone is a leak, with what hangs on it', () => {
  expect(leftInApi(objects, ['hf-a', 'hf-b'])).toEqual([
    'PersistentVolume pv-1 is still there, for PersistentVolumeClaim data of namespace hf-a, which is gone.',
    'VolumeAttachment csi-1 is still there, of PersistentVolume pv-1 to node worker.',
    'VolumeSnapshotContent content-1 is still there, of a snapshot in namespace hf-a-copy, which is gone.',
  ])
})

test('the storage of a namespace that is kept, and of others, is none', () => {
  expect(leftInApi(objects, ['hf-b'])).toEqual([])
})
