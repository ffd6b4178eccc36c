import { expect } from 'vitest'
import {
  allReady,
  conformance,
  directoryVolume,
  fileSystemShared,
  fileSystemSized,
  fileSystemUsed,
  pod,
  pvc,
  twoWorkers,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'cost/df-shows-volume',
    statement:
      'In a container, df shows the size of a volume that has a file system of its own, and how much of it is used. Of a volume that is a directory it shows the disk of the node.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/volumes/', section: 'hostpath' },
    requires: ['DynamicProvisioning', 'EnforcedCapacity', 'MultipleNodes'],
    mutants: ['size-not-enforced', 'volume-not-mounted'],
    proves: { 'cost.df-shows-volume': { size: 'own-size', used: 'used', 'disk-of-node': 'disk-of-node' } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const own = namespace.name
    const [node] = twoWorkers(cluster)
    const at = (name: string) => volumeIn(name, { namespace, measure })
    const pods = await observe.pods()
    await namespace.apply(directoryVolume(`${own}-small`, { storageClass: own, size: sizes.small }))
    await namespace.apply(directoryVolume(`${own}-medium`, { storageClass: own, size: sizes.medium }))
    await namespace.apply(pvc('small', { cluster, size: sizes.small }))
    await namespace.apply(pvc('medium', { cluster, size: sizes.medium }))
    await namespace.apply(pvc('small-directory', { cluster, size: sizes.small, storageClass: own, volume: `${own}-small` }))
    await namespace.apply(pvc('medium-directory', { cluster, size: sizes.medium, storageClass: own, volume: `${own}-medium` }))
    await namespace.apply(pod('user-of-small', { cluster, pvc: 'small' }))
    await namespace.apply(pod('user-of-medium', { cluster, pvc: 'medium' }))
    await namespace.apply(pod('in-small-directory', { cluster, pvc: 'small-directory', node }))
    await namespace.apply(pod('in-medium-directory', { cluster, pvc: 'medium-directory', node }))
    const all = ['user-of-small', 'user-of-medium', 'in-small-directory', 'in-medium-directory']
    await until(pods, allReady({ pods: all }), { within: limits.podReady })

    const small = await at('user-of-small').readSize('empty')
    const medium = await at('user-of-medium').readSize('empty')
    await at('user-of-medium').populate({ files: 64, bytes: '64Mi' })
    const written = await at('user-of-medium').readSize('written')
    const one = await at('in-small-directory').readSize('empty')
    const other = await at('in-medium-directory').readSize('empty')

    await expect(history).toUphold(fileSystemSized({ found: small, size: sizes.small }), { as: 'own-size' })
    await expect(history).toUphold(fileSystemSized({ found: medium, size: sizes.medium }), { as: 'own-size' })
    await expect(history).toUphold(fileSystemUsed({ before: medium, after: written, bytes: '64Mi' }), { as: 'used' })
    await expect(history).toUphold(fileSystemShared({ one, other, asked: sizes.medium }), { as: 'disk-of-node' })
  },
)
