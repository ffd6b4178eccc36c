import { expect } from 'vitest'
import {
  allReady,
  callRepeatedAfterKill,
  conformance,
  fileSystemGrew,
  measureDriverCalls,
  pod,
  premise,
  pvc,
  pvcExpanded,
  resizePending,
  slowClass,
  staysTheSamePod,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'recovery/resizer-crash',
    statement:
      'An expansion that is in progress when the CSI resizer is killed finishes after it restarts. The Pod keeps running, its file system grows, and its data is unchanged.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'expanding-persistent-volumes-claims' },
    // A slow driver is still growing the volume when its sidecar is killed.
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion', 'DriverCallLog', 'DriverFaults', 'ComponentControl'],
    mutants: ['expansion-truncates'],
    proves: { 'expansion.grow-by-editing-pvc': { grows: 'grown', data: 'data-unchanged' } },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, components, observe, history, limits, cluster, sizes } = fixtures
    const slow = namespace.name
    const volume = volumeIn('holder', fixtures)
    const other = volumeIn('neighbour', fixtures)
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await namespace.apply(slowClass(slow, { cluster }))
    await namespace.apply(pvc('data', { cluster, size: sizes.small, storageClass: slow }))
    await namespace.apply(pvc('more', { cluster, size: sizes.small }))
    await namespace.apply(pod('holder', { cluster, pvc: 'data' }))
    await namespace.apply(pod('neighbour', { cluster, pvc: 'more' }))
    await until(pods, allReady({ pods: ['holder', 'neighbour'] }), { within: limits.podReady })
    await volume.fill()
    await other.fill()
    const before = await volume.readTree('before the expansion')
    const small = await volume.readSize('before the expansion')

    await namespace.expand({ kind: 'PersistentVolumeClaim', name: 'data' }, sizes.medium)
    // To read takes a moment: by then the driver was asked for the first one.
    const beside = await other.readTree('before the expansion')
    await namespace.expand({ kind: 'PersistentVolumeClaim', name: 'more' }, sizes.medium)
    // The driver was asked for the second one later and has answered already: it is busy with the first.
    await until(pvcs, resizePending({ pvc: 'more' }), { within: limits.pvcExpanded })
    await components.killSidecar('csi-resizer')
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'data', to: sizes.medium }), { within: limits.afterCrash })
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'more', to: sizes.medium }), { within: limits.afterCrash })
    const calls = await measureDriverCalls('once it had grown', fixtures, 'data')

    const after = await volume.readTree('after the expansion')
    const besideAfter = await other.readTree('after the expansion')
    const large = await volume.readSize('after the expansion')
    await expect(history).toUphold(fileSystemGrew({ pvc: 'data', from: sizes.small, to: sizes.medium, before: small, after: large }), {
      as: 'grown',
    })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'data-unchanged' })
    await expect(history).toUphold(treesEqual({ expected: beside, actual: besideAfter }), { as: 'data-unchanged' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'holder', restarts: 'none' }))
    await premise(history, callRepeatedAfterKill({ calls, method: 'ControllerExpandVolume', program: 'csi-resizer' }))
  },
)
