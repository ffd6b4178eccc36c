import { expect } from 'vitest'
import {
  conformance,
  expansionFinished,
  expansionSettled,
  fileSystemGrew,
  logHoldsExactly,
  nodeToDisrupt,
  onlyVolumeGrown,
  pod,
  podReady,
  podRestarted,
  pvc,
  resizePending,
  staysTheSamePod,
  together,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'expansion/growth-across-node-stop',
    statement:
      'A volume grows while the node of its Pod is stopped, and its PVC waits for the file system. Once the node runs again, the file system in the same Pod and the status of the PVC have the new size, and all data is there.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'resizing-a-volume-containing-a-file-system' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion', 'EnforcedCapacity', 'MultipleNodes', 'NodeControl'],
    mutants: ['expansion-books-only', 'expansion-truncates'],
    proves: {
      'expansion.across-node-stop': {
        volume: ['pending', 'only-volume'],
        grows: ['comes-back', 'same-pod', 'grown'],
        settled: ['finished', 'settled'],
        data: ['same-files', 'acknowledged'],
      },
    },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, nodes, observe, history, limits, cluster, mark, sizes } = fixtures
    const node = nodeToDisrupt(cluster)
    const data = volumeIn('holder', fixtures)
    const pods = await observe.pods()
    const pvcs = together(await observe.pvcs(), await observe.pvs())
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('holder', { cluster, pvc: 'data', node }))
    await until(pods, podReady({ pod: 'holder' }), { within: limits.podReady })
    await data.fill()
    const acknowledged = await data.appendRecords('before the node was stopped')
    const treeBefore = await data.readTree('before the node was stopped')
    const before = await data.readSize('before the node was stopped')

    await nodes.stop(node)
    await namespace.expand({ kind: 'PersistentVolumeClaim', name: 'data' }, sizes.medium)
    await expect(pvcs).toReach(resizePending({ pvc: 'data' }), { within: limits.pvcExpanded, as: 'pending' })
    await expect(pvcs).toReach(onlyVolumeGrown({ pvc: 'data', to: sizes.medium }), { within: limits.pvcExpanded, as: 'only-volume' })
    await nodes.start(node)
    await expect(pods).toReach(podRestarted({ pod: 'holder' }), { within: limits.nodeBack, as: 'comes-back' })
    await expect(pvcs).toReach(expansionFinished({ pvc: 'data', to: sizes.medium }), { within: limits.pvcExpanded, as: 'finished' })
    const settled = expansionSettled({ pvc: 'data', to: sizes.medium })
    await expect(pvcs).toReach(settled, { within: limits.pvcExpanded, as: 'settled' })
    await expect(pvcs).toStay(settled, { for: limits.staysUnchanged, after: mark('expanded'), as: 'settled' })

    const found = await data.readRecords('after the node was started')
    const treeAfter = await data.readTree('after the node was started')
    const after = await data.readSize('after the node was started')
    await expect(history).toUphold(staysTheSamePod({ pod: 'holder', restarts: 'some' }), { as: 'same-pod' })
    await expect(history).toUphold(fileSystemGrew({ pvc: 'data', from: sizes.small, to: sizes.medium, before, after }), { as: 'grown' })
    await expect(history).toUphold(treesEqual({ expected: treeBefore, actual: treeAfter }), { as: 'same-files' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found }), { as: 'acknowledged' })
  },
)
