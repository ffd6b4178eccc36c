import { expect } from 'vitest'
import {
  allReady,
  pvcBoundToPv,
  conformance,
  directoryVolume,
  emptied,
  logHoldsExactly,
  pod,
  pvc,
  storedWith,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'pvcs/pod-spec-independent-of-storage',
    statement:
      'A Pod spec names only a PVC, not the storage behind it. The same Pod spec works with a volume that a provisioner created and with a directory of a node.',
    level: 'MAY',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'claims-as-volumes' },
    requires: ['DynamicProvisioning'],
    mutants: ['binding-mode-ignored'],
    proves: {
      'pvc.pod-names-pvc-only': {
        'pvc-only': 'pvc-only',
        works: ['both-ready', 'by-first', 'by-second', 'provisioned', 'bound-by-hand'],
      },
      'pvc.static-binding': { bound: 'bound-by-hand' },
    },
    podSecurity: { level: 'baseline', why: 'A directory of a node belongs to root, and fsGroup does not change that.' },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const own = namespace.name
    const first = volumeIn('first', { namespace, measure })
    const second = volumeIn('second', { namespace, measure })
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(directoryVolume(`${own}-directory`, { storageClass: own, size: sizes.small }))
    await namespace.apply(pvc('provisioned', { cluster, size: sizes.small }))
    await namespace.apply(pvc('directory', { cluster, size: sizes.small, storageClass: own }))

    await namespace.apply(pod('first', { cluster, pvc: 'provisioned' }))
    await namespace.apply(pod('second', { cluster, pvc: 'directory' }))
    await expect(pods).toReach(allReady({ pods: ['first', 'second'] }), { within: limits.podReady, as: 'both-ready' })
    const byFirst = await first.appendRecords('written')
    const bySecond = await second.appendRecords('written')
    const foundByFirst = await first.readRecords('read back')
    const foundBySecond = await second.readRecords('read back')
    await namespace.exec('second', emptied('/data'))

    const { kind, name } = await namespace.pvOf('provisioned')
    await expect(history).toUphold(logHoldsExactly({ acknowledged: byFirst, found: foundByFirst }), { as: 'by-first' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged: bySecond, found: foundBySecond }), { as: 'by-second' })
    const provisionedBy = ['metadata', 'annotations', 'pv.kubernetes.io/provisioned-by']
    await expect(history).toUphold(storedWith({ kind, name, path: provisionedBy, value: cluster.driver }), { as: 'provisioned' })
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'directory', volume: `${own}-directory` }), { as: 'bound-by-hand' })
    const path = ['spec', 'volumes']
    const [named, otherNamed] = ['provisioned', 'directory'].map((claimName) => [{ name: 'data', persistentVolumeClaim: { claimName } }])
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'first', path, value: named }), { as: 'pvc-only' })
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'second', path, value: otherNamed }), { as: 'pvc-only' })
  },
)
