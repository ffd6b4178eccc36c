import { expect } from 'vitest'
import {
  allReady,
  blockPod,
  conformance,
  deviceGrew,
  deviceIn,
  deviceRewritten,
  devicesEqual,
  keepsItsVolume,
  nodeOfPod,
  noFileSystem,
  podReady,
  premise,
  pvc,
  pvcExpanded,
  staysTheSamePod,
  storedWith,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volumes/block-grows-online',
    statement:
      'A raw block volume is a device of the requested size without a file system. It grows with its PVC, without a Pod restart, a file system or changed data. A second Pod on its node writes it too.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'resizing-an-in-use-persistentvolumeclaim' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion', 'BlockVolumes'],
    mutants: ['expansion-books-only'],
    proves: {
      'access.rwo-is-one-pod': { 'block-storage': ['held-by-both', 'seen-by-the-other', 'written-by-the-other', 'seen-by-the-first'] },
      'volume.block-device': { device: 'grown', raw: 'raw-at-first' },
      'expansion.block-mode': { grows: ['capacity', 'grown', 'never-restarted', 'same-volume'], 'no-file-system': 'raw-afterwards' },
    },
    podSecurity: { level: 'baseline', why: 'A block device belongs to root, and fsGroup does not change that.' },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const device = deviceIn('holder', { namespace, measure })
    const second = deviceIn('other', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small, volumeMode: 'Block' }))
    await namespace.apply(blockPod('holder', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'holder' }), { within: limits.podReady })
    const atFirst = await device.readSignatures('as it came')
    await device.writePattern()
    const before = await device.read('before the expansion')

    await namespace.expand({ kind: 'PersistentVolumeClaim', name: 'data' }, sizes.medium)
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'data', to: sizes.medium }), { within: limits.pvcExpanded, as: 'capacity' })

    const after = await device.read('after the expansion')
    const afterwards = await device.readSignatures('after the expansion')
    await expect(history).toUphold(noFileSystem({ found: atFirst }), { as: 'raw-at-first' })
    await expect(history).toUphold(noFileSystem({ found: afterwards }), { as: 'raw-afterwards' })
    await expect(history).toUphold(deviceGrew({ pvc: 'data', from: sizes.small, to: sizes.medium, before, after }), { as: 'grown' })
    const node = await nodeOfPod(history, 'holder')
    await namespace.apply(blockPod('other', { cluster, pvc: 'data', node }))
    await expect(pods).toReach(allReady({ pods: ['holder', 'other'] }), { within: limits.podReady, as: 'held-by-both' })
    const inOther = await second.read('before it wrote')
    await second.writePattern()
    const rewritten = await second.read('after it wrote')
    const inFirst = await device.read('after the other wrote')
    await premise(
      history,
      storedWith({ kind: 'PersistentVolumeClaim', name: 'data', path: ['spec', 'accessModes'], value: ['ReadWriteOnce'] }),
    )
    await expect(history).toUphold(devicesEqual({ expected: after, actual: inOther }), { as: 'seen-by-the-other' })
    await expect(history).toUphold(deviceRewritten({ before: inOther, after: rewritten }), { as: 'written-by-the-other' })
    await expect(history).toUphold(devicesEqual({ expected: rewritten, actual: inFirst }), { as: 'seen-by-the-first' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'holder', restarts: 'none' }), { as: 'never-restarted' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }), { as: 'same-volume' })
  },
)
