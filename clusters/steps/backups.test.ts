import { expect, test } from 'vitest'
import type { ImageSet } from '../images/ensure-images.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { withBackups } from './backups.ts'

// Velero calls a location unavailable whose bucket holds a directory that is not its own, as a second cluster's is.
test('each cluster writes backups to a directory of its own in the bucket', () => {
  const record = { directory: '/stores/main', endpoint: 'http://172.18.0.5:7070', region: 'r', bucket: 'backups', container: 'c' }
  const main = { record, credentials: { accessKey: 'a', secretKey: 's' } }
  const images = { origin: 'offline', kubernetes: { etcd: '3.6.8-0' }, versions: {}, references: {} } as unknown as ImageSet
  const names = ['holdfast-a', 'holdfast-a-beside-1'].map((name) => {
    const cluster = { name, features: [], versions: {} } as unknown as ClusterRecord
    return withBackups(cluster, { images, stores: { main } }).objectStore?.prefix
  })
  expect(names).toEqual(['holdfast-a', 'holdfast-a-beside-1'])
})
