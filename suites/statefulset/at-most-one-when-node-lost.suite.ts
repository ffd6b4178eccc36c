import { expect } from 'vitest'
import {
  allReady,
  conformance,
  evictedSoon,
  keepsItsVolume,
  nodeNotReady,
  onePodPerName,
  podReplaced,
  podTerminating,
  readWrites,
  selectorOf,
  spreadOverZones,
  statefulSet,
  staysOnNode,
  staysTheSamePod,
  treesEqual,
  until,
  volumeIn,
  writerIn,
  wroteOn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/at-most-one-when-node-lost',
    statement:
      'When a node stops answering, its StatefulSet Pod stays Terminating and gets no duplicate, and the replica in the other zone keeps writing. When the node is back, the Pod is replaced with its data.',
    level: 'MUST',
    source: { page: 'tasks/run-application/force-delete-stateful-set-pod/', section: 'statefulset-considerations' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'Zones', 'NodeLocalVolumes', 'NodeControl'],
    mutants: ['pod-force-deleted', 'binding-mode-ignored'],
    proves: {
      'statefulset.at-most-one': { 'node-lost': 'one-pod' },
      'topology.survive-zone-loss': { 'others-go-on': ['others-go-on', 'survivor-stays'], 'lost-stays': 'stays-terminating' },
      'statefulset.retention-not-on-pod-loss': { 'node-lost': 'pvc-stays' },
      'failure.partition-keeps-at-most-one': { unreachable: ['stays-terminating', 'one-pod'] },
      'failure.statefulset-node-loss-stuck': {
        marked: 'marked',
        'not-moved': ['stays-terminating', 'one-pod', 'same-node'],
        returns: ['replaced', 'same-data'],
      },
    },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, nodes, observe, history, limits, cluster, mark, sizes } = fixtures
    const zonal = { ...cluster, storageClass: cluster.storageClasses.zoneLocal ?? cluster.storageClass }
    const spec = { persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete', whenDeleted: 'Delete' } }
    const web = evictedSoon(
      spreadOverZones(statefulSet('web', { cluster: zonal, replicas: 2, data: sizes.small, podManagement: 'Parallel', spec })),
    )
    const survivor = writerIn('web-0', fixtures, ['/data'])
    const lost = volumeIn('web-1', fixtures)
    const pods = await observe.pods(selectorOf(web))
    const machines = await observe.nodes()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(web)
    await until(pods, allReady({ pods: ['web-0', 'web-1'] }), { within: limits.statefulSetReady })
    await lost.fill()
    const before = await lost.readTree('before its node was lost')
    await survivor.start()
    const node = await nodes.of('web-1')

    await nodes.pause(node)
    const begun = await survivor.position('when the other zone was lost')
    await until(machines, nodeNotReady({ node }), { within: limits.nodeLost })
    await expect(pods).toReach(podTerminating({ pod: 'web-1' }), { within: limits.nodeLost, as: 'marked' })
    const marked = mark('marked for deletion')
    await expect(pods).toStay(podTerminating({ pod: 'web-1' }), { for: limits.staysLost, after: marked, as: 'stays-terminating' })
    const after = await survivor.stop('before the zone came back')
    const found = await readWrites('web-0', fixtures, '/data')
    await nodes.unpause(node)
    await expect(pods).toReach(podReplaced({ pod: 'web-1' }), { within: limits.nodeBack, as: 'replaced' })

    const tree = await lost.readTree('after its node came back')
    await expect(history).toUphold(onePodPerName({ pod: 'web-1' }), { as: 'one-pod' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-1' }), { as: 'pvc-stays' })
    await expect(history).toUphold(wroteOn({ before: begun, after, found }), { as: 'others-go-on' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'web-0', restarts: 'none' }), { as: 'survivor-stays' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: tree }), { as: 'same-data' })
    await expect(history).toUphold(staysOnNode({ pod: 'web-1', pvc: 'data-web-1' }), { as: 'same-node' })
  },
)
