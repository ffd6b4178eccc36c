import { expect, test } from 'vitest'
import { foundVolume } from './persistent-volume.ts'

const pvc = { namespace: 'here', name: 'found' }
const of = {
  metadata: { name: 'other', annotations: { 'pv.kubernetes.io/provisioned-by': 'csi.example.com' } },
  spec: {
    accessModes: ['ReadWriteOnce'],
    capacity: { storage: '1Gi' },
    storageClassName: 'usual',
    csi: { driver: 'csi.example.com', fsType: 'xfs', volumeHandle: 'of-the-other', volumeAttributes: { made: 'then' } },
  },
} as never

test('a PersistentVolume for a volume that was found is like another, names no provisioner and goes with its PVC', () => {
  const { metadata, spec } = foundVolume('found', { handle: 'stray', of, pvc })
  expect(metadata).toEqual({ name: 'found' })
  expect(spec).toMatchObject({
    ...{ storageClassName: 'usual', persistentVolumeReclaimPolicy: 'Delete', claimRef: pvc },
    csi: { driver: 'csi.example.com', fsType: 'xfs', volumeHandle: 'stray' },
  })
})

test('without a handle, it is for the volume of the other one', () => {
  expect(foundVolume('found', { of, pvc }).spec.csi.volumeHandle).toBe('of-the-other')
})
