import { expect } from 'vitest'
import {
  conformance,
  keepsItsVolume,
  pod,
  podReady,
  pvc,
  readAheadIs,
  staysTheSamePod,
  treesEqual,
  until,
  volumeIn,
  volumeModified,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-attributes/modify-applied',
    statement:
      'Changing the VolumeAttributesClass of a PVC in use applies its attributes to the volume, and the PVC status shows it. The Pod keeps running, and its data is unchanged.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-attributes-classes/', section: 'resizer' },
    requires: ['DynamicProvisioning', 'VolumeAttributes', 'DriverCallLog'],
    mutants: ['modify-books-only'],
    proves: {
      'class.volume-attributes-class': { moved: ['current', 'same-volume'], live: ['as-before', 'as-asked', 'same-pod', 'same-volume'] },
    },
    since: '1.34',
    gate: 'VolumeAttributesClass',
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const volume = volumeIn('holder', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small, volumeAttributesClass: 'holdfast-read-ahead-256' }))
    await namespace.apply(pod('holder', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'holder' }), { within: limits.podReady })
    await volume.fill()
    const treeBefore = await volume.readTree('before the change')
    const before = await volume.readReadAhead('before the change')

    const change = { spec: { volumeAttributesClassName: 'holdfast-read-ahead-512' } }
    await namespace.patch({ kind: 'PersistentVolumeClaim', name: 'data' }, change)
    const wanted = volumeModified({ pvc: 'data', volumeAttributesClass: 'holdfast-read-ahead-512' })
    await expect(pvcs).toReach(wanted, { within: limits.volumeModified, as: 'current' })

    const after = await volume.readReadAhead('after the change')
    const treeAfter = await volume.readTree('after the change')
    await expect(history).toUphold(readAheadIs({ found: before, kibibytes: 256 }), { as: 'as-before' })
    await expect(history).toUphold(readAheadIs({ found: after, kibibytes: 512 }), { as: 'as-asked' })
    await expect(history).toUphold(treesEqual({ expected: treeBefore, actual: treeAfter }))
    await expect(history).toUphold(staysTheSamePod({ pod: 'holder', restarts: 'none' }), { as: 'same-pod' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }), { as: 'same-volume' })
  },
)
