import { expect } from 'vitest'
import {
  allReady,
  conformance,
  directoryVolume,
  fileSystemShared,
  figuresAgree,
  figuresLack,
  figuresShowUse,
  leavesItsVolume,
  localVolume,
  pod,
  pvc,
  twoWorkers,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'probes/volume-usage-told',
    statement:
      'The kubelet tells size, use and free space of the volume of each PVC, as df shows them in its Pod. Of a local directory these are those of the disk of the node. Of a hostPath volume it tells none.',
    level: 'SHOULD',
    pace: 'slow',
    source: { page: 'reference/instrumentation/metrics/', section: '' },
    // What the kubelet tells is read through the right nodes/proxy, which allows much more: nobody else is asked for it.
    requires: ['DynamicProvisioning', 'EnforcedCapacity', 'MultipleNodes', 'NodeControl'],
    mutants: ['volume-not-mounted'],
    proves: {
      'probe.monitor-disk-usage': {
        metrics: ['as-df-shows', 'as-df-shows-empty'],
        df: ['as-df-shows', 'as-df-shows-empty'],
        use: 'use-of-each',
        'disk-of-node': ['one-disk', 'disk-of-node'],
        none: 'none-of-host-path',
      },
    },
  },
  async ({ namespace, kubelets, observe, history, limits, cluster, measure, sizes }) => {
    const own = namespace.name
    const [node] = twoWorkers(cluster)
    const at = (name: string) => volumeIn(name, { namespace, measure })
    // Every node has this directory. Nothing is written to it.
    const everywhere = { storageClass: own, node, path: '/var/tmp' }
    const pods = await observe.pods()
    await namespace.apply(directoryVolume(`${own}-directory`, { storageClass: own, size: sizes.small }))
    await namespace.apply(localVolume(`${own}-one`, { ...everywhere, size: sizes.small }))
    await namespace.apply(localVolume(`${own}-other`, { ...everywhere, size: sizes.medium }))
    await namespace.apply(pvc('written', { cluster, size: sizes.medium }))
    await namespace.apply(pvc('empty', { cluster, size: sizes.medium }))
    await namespace.apply(pvc('directory', { cluster, size: sizes.small, storageClass: own, volume: `${own}-directory` }))
    await namespace.apply(pvc('one', { cluster, size: sizes.small, storageClass: own, volume: `${own}-one` }))
    await namespace.apply(pvc('other', { cluster, size: sizes.medium, storageClass: own, volume: `${own}-other` }))
    await namespace.apply(pod('user-of-written', { cluster, pvc: 'written', node }))
    await namespace.apply(pod('user-of-empty', { cluster, pvc: 'empty', node }))
    await namespace.apply(pod('user-of-directory', { cluster, pvc: 'directory', node }))
    await namespace.apply(pod('user-of-one', { cluster, pvc: 'one', node, runAs: leavesItsVolume }))
    await namespace.apply(pod('user-of-other', { cluster, pvc: 'other', node, runAs: leavesItsVolume }))
    const users = ['user-of-written', 'user-of-empty', 'user-of-directory', 'user-of-one', 'user-of-other']
    await until(pods, allReady({ pods: users }), { within: limits.podReady })

    await at('user-of-written').populate({ files: 64, bytes: '64Mi' })
    const figures = await kubelets.readVolumeFigures('written', { node, pvcs: ['written', 'empty', 'one', 'other'] })
    const written = await at('user-of-written').readSize('written')
    const empty = await at('user-of-empty').readSize('empty')
    const one = await at('user-of-one').readSize('as it is')
    const other = await at('user-of-other').readSize('as it is')

    await expect(history).toUphold(figuresAgree({ figures, pvc: 'written', seen: written }), { as: 'as-df-shows' })
    await expect(history).toUphold(figuresAgree({ figures, pvc: 'empty', seen: empty }), { as: 'as-df-shows-empty' })
    await expect(history).toUphold(figuresShowUse({ figures, written: 'written', empty: 'empty', bytes: '64Mi' }), { as: 'use-of-each' })
    await expect(history).toUphold(fileSystemShared({ one, other, asked: sizes.medium }), { as: 'one-disk' })
    await expect(history).toUphold(figuresAgree({ figures, pvc: 'one', seen: one }), { as: 'disk-of-node' })
    await expect(history).toUphold(figuresAgree({ figures, pvc: 'other', seen: other }), { as: 'disk-of-node' })
    await expect(history).toUphold(figuresLack({ figures, pvc: 'directory', unlike: 'written' }), { as: 'none-of-host-path' })
  },
)
