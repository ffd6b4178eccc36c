import { expect } from 'vitest'
import {
  capacityStays,
  conformance,
  differentVolumes,
  directoryOfPvc,
  fileSystemSized,
  pod,
  podGone,
  podReady,
  podWithPvcs,
  pvc,
  requestRefused,
  together,
  treesEqual,
  until,
  volumeIn,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'cost/right-size-by-copy',
    statement:
      'A PVC that is larger than needed cannot be made smaller. Its data can be copied to a new, smaller PVC. Nothing is lost, and deleting the first PVC removes the larger volume.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'expanding-persistent-volumes-claims' },
    requires: ['DynamicProvisioning', 'EnforcedCapacity'],
    mutants: ['shrink-swallowed', 'pvc-replaced-by-scratch', 'pvcs-enlarged'],
    proves: {
      'cost.right-size-down': {
        refused: ['refused', 'stays-large'],
        copied: ['same-data', 'own-volume'],
        smaller: ['is-smaller', 'large-removed'],
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const kind = 'PersistentVolumeClaim'
    const at = (name: string, directory: string) => volumeIn(name, { namespace, measure }, `${directory}/files`)
    const pods = await observe.pods()
    const volumes = together(await observe.pvcs(), await observe.pvs())
    await namespace.apply(pvc('large', { cluster, size: sizes.medium }))
    await namespace.apply(pvc('small', { cluster, size: sizes.small }))
    await namespace.apply(podWithPvcs('mover', { cluster, pvcs: ['large', 'small'] }))
    await until(pods, podReady({ pod: 'mover' }), { within: limits.podReady })
    const [from, to] = [directoryOfPvc('large'), directoryOfPvc('small')]
    await at('mover', from).populate({ files: 200, bytes: '32Mi' })
    const before = await at('mover', from).readTree('in the large volume')

    await namespace.attempt.patch({ kind, name: 'large' }, { spec: { resources: { requests: { storage: sizes.small } } } })
    const fields = ['spec.resources.requests.storage']
    await expect(history).toUphold(requestRefused({ verb: 'patch', kind, name: 'large', code: 422, fields }), { as: 'refused' })
    await namespace.exec('mover', ['cp', '--archive', `${from}/files`, `${to}/files`])
    await namespace.delete({ kind: 'Pod', name: 'mover' })
    await until(pods, podGone({ pod: 'mover' }), { within: limits.podDeleted })
    await expect(history).toUphold(capacityStays({ pvc: 'large', capacity: sizes.medium }), { as: 'stays-large' })
    await namespace.delete({ kind, name: 'large' })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'large' }), { within: limits.objectDeleted, as: 'large-removed' })
    await namespace.apply(pod('user', { cluster, pvc: 'small' }))
    await until(pods, podReady({ pod: 'user' }), { within: limits.podReady })

    const after = await at('user', '/data').readTree('in the small volume')
    const found = await volumeIn('user', { namespace, measure }).readSize('in the small volume')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same-data' })
    await expect(history).toUphold(differentVolumes({ pvcs: ['large', 'small'] }), { as: 'own-volume' })
    await expect(history).toUphold(fileSystemSized({ found, size: sizes.small }), { as: 'is-smaller' })
  },
)
