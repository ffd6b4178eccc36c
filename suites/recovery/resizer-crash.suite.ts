import { expect } from 'vitest'
import {
  conformance,
  fileSystemGrew,
  pod,
  podReady,
  pvc,
  pvcExpanded,
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
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion', 'ComponentControl'],
    mutants: ['expansion-truncates'],
    proves: { 'expansion.grow-by-editing-pvc': { grows: 'grown', data: 'data-unchanged' } },
    disruptive: true,
  },
  async ({ namespace, components, observe, history, limits, cluster, measure, sizes }) => {
    const volume = volumeIn('holder', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('holder', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'holder' }), { within: limits.podReady })
    await volume.fill()
    const before = await volume.readTree('before the expansion')
    const small = await volume.readSize('before the expansion')

    await namespace.expand({ kind: 'PersistentVolumeClaim', name: 'data' }, sizes.medium)
    await components.crash('csi-resizer')
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'data', to: sizes.medium }), { within: limits.afterCrash })

    const after = await volume.readTree('after the expansion')
    const large = await volume.readSize('after the expansion')
    await expect(history).toUphold(fileSystemGrew({ pvc: 'data', from: sizes.small, to: sizes.medium, before: small, after: large }), {
      as: 'grown',
    })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'data-unchanged' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'holder', restarts: 'none' }))
  },
)
