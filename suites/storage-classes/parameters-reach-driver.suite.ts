import { expect } from 'vitest'
import {
  pvcHasClass,
  conformance,
  driverAsked,
  measureDriverCalls,
  pvc,
  pvcsBound,
  pvcsIn,
  pvcWarned,
  storageClass,
  storedWith,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'storage-classes/parameters-reach-driver',
    statement:
      'StorageClass parameters are passed unchanged to the CSI driver, which may refuse unknown ones such as encrypted. PVCs that differ only in their class get different volumes.',
    level: 'MUST',
    source: { page: 'concepts/storage/storage-classes/', section: 'parameters' },
    requires: ['DynamicProvisioning', 'NodeLocalVolumes', 'DriverCallLog'],
    mutants: ['binding-mode-ignored'],
    proves: {
      'class.parameters-opaque': { unchanged: ['placement-passed', 'encrypted-passed'], decide: ['tied-to-a-node', 'free'] },
      'class.tiers-separate': {
        distinct: ['placement-passed', 'tied-to-a-node', 'free'],
        'by-name': ['bound', 'class-of-plain', 'class-of-local'],
      },
      'class.encrypted-volumes': { unknown: ['encrypted-passed', 'stays-pending'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const [local, encrypted] = [`${namespace.name}-local`, `${namespace.name}-encrypted`]
    const affinity = ['spec', 'nodeAffinity']
    const pvcs = await observe.pvcs()
    const events = await observe.pvcEvents()
    await observe.pvs()
    const parameters = { placement: 'node-local', 'csi.storage.k8s.io/fstype': 'ext4' }
    await namespace.apply(storageClass(local, { cluster, parameters }))
    await namespace.apply(storageClass(encrypted, { cluster, parameters: { encrypted: 'true' } }))

    await namespace.apply(pvc('plain', { cluster, size: sizes.small }))
    await namespace.apply(pvc('local', { cluster, size: sizes.small, storageClass: local }))
    await namespace.apply(pvc('encrypted', { cluster, size: sizes.small, storageClass: encrypted }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['plain', 'local'] }), { within: limits.pvcBound, as: 'bound' })
    const fixtures = { cluster, history, measure }
    const made = await measureDriverCalls('made', fixtures, 'local')
    await expect(history).toUphold(
      driverAsked({ calls: made, method: 'CreateVolume', path: ['parameters', 'placement'], value: 'node-local' }),
      { as: 'placement-passed' },
    )
    await until(events, pvcWarned({ pvc: 'encrypted', by: cluster.driver }), { within: limits.pvcBound })
    const warned = mark('the driver has answered')
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['encrypted'], phase: 'Pending' }), {
      for: limits.staysUnchanged,
      after: warned,
      as: 'stays-pending',
    })

    const refused = await measureDriverCalls('refused', fixtures, 'encrypted')
    const tied = await namespace.pvOf('local')
    const free = await namespace.pvOf('plain')
    const key = [...affinity, 'required', 'nodeSelectorTerms', '0', 'matchExpressions', '0', 'key']
    await expect(history).toUphold(
      driverAsked({ calls: refused, method: 'CreateVolume', path: ['parameters', 'encrypted'], value: 'true' }),
      { as: 'encrypted-passed' },
    )
    await expect(history).toUphold(storedWith({ ...tied, path: ['spec', 'csi', 'fsType'], value: 'ext4' }))
    await expect(history).toUphold(storedWith({ ...tied, path: key, value: `topology.${cluster.driver}/node` }), { as: 'tied-to-a-node' })
    await expect(history).toUphold(storedWith({ ...free, path: affinity, value: null }), { as: 'free' })
    await expect(history).toUphold(pvcHasClass({ pvc: 'plain', storageClass: cluster.storageClass }), { as: 'class-of-plain' })
    await expect(history).toUphold(pvcHasClass({ pvc: 'local', storageClass: local }), { as: 'class-of-local' })
  },
)
