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
    proves: { 'class.parameters-opaque': {}, 'class.tiers-separate': {}, 'class.encrypted-volumes': {} },
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const [local, encrypted] = [`${namespace.name}-local`, `${namespace.name}-encrypted`]
    const pvcs = await observe.pvcs()
    const events = await observe.pvcEvents()
    await observe.pvs()
    const parameters = { placement: 'node-local', 'csi.storage.k8s.io/fstype': 'ext4' }
    await namespace.apply(storageClass(local, { cluster, parameters }))
    await namespace.apply(storageClass(encrypted, { cluster, parameters: { encrypted: 'true' } }))

    await namespace.apply(pvc('plain', { cluster, size: sizes.small }))
    await namespace.apply(pvc('local', { cluster, size: sizes.small, storageClass: local }))
    await namespace.apply(pvc('encrypted', { cluster, size: sizes.small, storageClass: encrypted }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['plain', 'local'] }), { within: limits.pvcBound })
    const fixtures = { cluster, history, measure }
    const made = await measureDriverCalls('made', fixtures, 'local')
    await expect(history).toUphold(
      driverAsked({ calls: made, method: 'CreateVolume', path: ['parameters', 'placement'], value: 'node-local' }),
    )
    await until(events, pvcWarned({ pvc: 'encrypted', by: cluster.driver }), { within: limits.pvcBound })
    const warned = mark('the driver has answered')
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['encrypted'], phase: 'Pending' }), { for: limits.staysUnchanged, after: warned })

    const refused = await measureDriverCalls('refused', fixtures, 'encrypted')
    const { kind, name } = await namespace.pvOf('local')
    await expect(history).toUphold(
      driverAsked({ calls: refused, method: 'CreateVolume', path: ['parameters', 'encrypted'], value: 'true' }),
    )
    await expect(history).toUphold(storedWith({ kind, name, path: ['spec', 'csi', 'fsType'], value: 'ext4' }))
    await expect(history).toUphold(pvcHasClass({ pvc: 'plain', storageClass: cluster.storageClass }))
    await expect(history).toUphold(pvcHasClass({ pvc: 'local', storageClass: local }))
  },
)
