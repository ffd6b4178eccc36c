import { expect, test } from 'vitest'
import { snapshotClass } from '../snapshot/snapshot-class.ts'
import { failingClass } from './failing-class.ts'
import { fullOnceClass } from './full-once-class.ts'
import { slowClass } from './slow-class.ts'
import { storageClass } from './storage-class.ts'
import { zoneClass } from './zone-class.ts'

const allowedTopologies = [{ matchLabelExpressions: [{ key: 'topology.example.com/rack', values: ['one'] }] }]
const classTemplate = {
  parameters: { pool: 'a', type: 'slow' },
  mountOptions: ['discard'],
  allowedTopologies,
  snapshotParameters: { pool: 'b' },
}
const cluster = { driver: 'csi.example.com', classTemplate }

test('a class of the driver has what the tested one has, with what is asked for on top', () => {
  expect(
    storageClass('own', { cluster, parameters: { type: 'fast' }, mountOptions: ['noatime', 'discard'], reclaimPolicy: 'Retain' }),
  ).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'own' },
    provisioner: 'csi.example.com',
    parameters: { pool: 'a', type: 'fast' },
    mountOptions: ['discard', 'noatime'],
    allowedTopologies,
    reclaimPolicy: 'Retain',
  })
})

test('a class without a template, and one of another provisioner, has only what is asked for', () => {
  const bare = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'own' } }
  expect(storageClass('own', { cluster: { driver: 'csi.example.com' } })).toEqual({ ...bare, provisioner: 'csi.example.com' })
  expect(storageClass('own', { cluster, provisioner: 'elsewhere.example.com' })).toEqual({ ...bare, provisioner: 'elsewhere.example.com' })
})

test('a class of the driver waits for the first consumer where the tested one does: its driver may need to know the node', () => {
  const waiting = { ...cluster, bindingMode: 'WaitForFirstConsumer' as const }
  expect(storageClass('own', { cluster: waiting })).toMatchObject({ volumeBindingMode: 'WaitForFirstConsumer' })
  expect(storageClass('own', { cluster: waiting, volumeBindingMode: 'Immediate' })).toMatchObject({ volumeBindingMode: 'Immediate' })
  expect(storageClass('own', { cluster: waiting, provisioner: 'elsewhere.example.com' })).not.toHaveProperty('volumeBindingMode')
  expect(storageClass('own', { cluster: { ...cluster, bindingMode: 'Immediate' } })).not.toHaveProperty('volumeBindingMode')
})

test('a class of a zone has parameters of the tested one, and its zone alone', () => {
  const zonal = zoneClass('zonal', { cluster, zone: 'a' })
  expect(zonal).toMatchObject({ parameters: { pool: 'a', type: 'slow' } })
  expect(zonal.allowedTopologies).toEqual([{ matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['a'] }] }])
})

test('a class of snapshots has the parameters of the named one', () => {
  expect(snapshotClass('own', { cluster, deletionPolicy: 'Retain' })).toMatchObject({ deletionPolicy: 'Retain', parameters: { pool: 'b' } })
  expect(snapshotClass('own', { cluster: { driver: 'csi.example.com' } })).not.toHaveProperty('parameters')
})

test('with a slow class, calls take longer, and its volumes can grow', () => {
  const { parameters, allowVolumeExpansion } = slowClass('own', { cluster: { driver: 'csi.example.com' } })
  expect([parameters?.['fault'], Number(parameters?.['faultSeconds']) > 0, allowVolumeExpansion]).toEqual(['slow-calls', true, true])
})

test('with a class that is full once, the first volume for a Pod is refused for want of room, and once only', () => {
  expect(fullOnceClass('own', { cluster: { driver: 'csi.example.com' } })).toMatchObject({
    parameters: { fault: 'creation-fails', faultTimes: '1', faultCode: 'RESOURCE_EXHAUSTED' },
    volumeBindingMode: 'WaitForFirstConsumer',
  })
})

test('with a class that fails, one thing is refused for some time, and only for want of the driver', () => {
  expect(failingClass('own', { cluster: { driver: 'csi.example.com' }, what: 'expansion', times: 7 })).toMatchObject({
    parameters: { fault: 'expansion-fails', faultTimes: '7', faultCode: 'UNAVAILABLE' },
    allowVolumeExpansion: true,
  })
})
