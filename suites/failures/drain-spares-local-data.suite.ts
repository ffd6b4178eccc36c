import { expect } from 'vitest'
import {
  conformance,
  drainDone,
  drainRefused,
  idlePod,
  nodeToDisrupt,
  podAbsent,
  podGone,
  podReady,
  podReplaced,
  statefulSet,
  staysTheSamePod,
  treesEqual,
  until,
  volumeEmpty,
  volumeIn,
  withDataOnNode,
} from '../../harness/index.ts'

conformance(
  {
    id: 'failures/drain-spares-local-data',
    statement:
      'kubectl drain evicts no Pod at all while one on the node has data in an emptyDir or no controller, and names the flag that allows it. With these flags, the data is lost and the Pod without a controller does not come back.',
    level: 'MAY',
    source: { page: 'tasks/administer-cluster/safely-drain-node/', section: 'use-kubectl-drain-to-remove-a-node-from-service' },
    requires: ['MultipleNodes', 'NodeScheduling', 'NodeControl'],
    mutants: ['pvcs-not-mounted'],
    proves: {
      'failure.drain-emptydir-guard': {
        refused: ['refused', 'not-evicted', 'same-data'],
        'flag-allows': ['drained', 'replaced', 'data-lost'],
      },
    },
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, nodes, observe, history, limits, cluster, mark } = fixtures
    const node = nodeToDisrupt(cluster)
    const scratch = volumeIn('scratch-0', fixtures)
    const pods = await observe.pods()
    await observe.pvcs()
    await namespace.apply(withDataOnNode(statefulSet('scratch', { cluster, replicas: 1, prefersNode: node })))
    await namespace.apply(statefulSet('plain', { cluster, replicas: 1, prefersNode: node }))
    await until(pods, podReady({ pod: 'scratch-0' }), { within: limits.podReady })
    await until(pods, podReady({ pod: 'plain-0' }), { within: limits.podReady })
    const drained = await nodes.of('scratch-0')
    await namespace.apply(idlePod('lone', { cluster, node: drained }))
    await until(pods, podReady({ pod: 'lone' }), { within: limits.podReady })
    await scratch.fill()
    const before = await scratch.readTree('before the drain')
    const all = { pods: 'app.kubernetes.io/name in (scratch,plain,lone)', within: limits.podReady }

    const refused = await nodes.drainByKubectl(drained, { ...all, label: 'without flags' })
    const halfAllowed = await nodes.drainByKubectl(drained, { ...all, label: 'with one flag', flags: ['--delete-emptydir-data'] })
    const kept = await scratch.readTree('after the drain was refused')
    const both = ['scratch-0', '--delete-emptydir-data', 'lone', '--force']
    await expect(history).toUphold(drainRefused({ drain: refused, naming: both }), { as: 'refused' })
    await expect(history).toUphold(drainRefused({ drain: halfAllowed, naming: ['lone', '--force'] }))
    await expect(history).toUphold(staysTheSamePod({ pod: 'scratch-0', restarts: 'none' }), { as: 'not-evicted' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'plain-0', restarts: 'none' }), { as: 'not-evicted' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'lone', restarts: 'none' }))
    await expect(history).toUphold(treesEqual({ expected: before, actual: kept }), { as: 'same-data' })
    const flags = ['--delete-emptydir-data', '--force'] as const
    const done = await nodes.drainByKubectl(drained, { ...all, label: 'with both flags', flags })
    await expect(history).toUphold(drainDone({ drain: done }), { as: 'drained' })
    await expect(pods).toReach(podReplaced({ pod: 'scratch-0' }), { within: limits.podReady, as: 'replaced' })
    await expect(pods).toReach(podGone({ pod: 'lone' }), { within: limits.podDeleted })
    const gone = mark('drained')
    await expect(pods).toStay(podAbsent({ pod: 'lone' }), { for: limits.staysUnchanged, after: gone })

    const after = await scratch.readTree('after the drain')
    await expect(history).toUphold(volumeEmpty({ found: after }), { as: 'data-lost' })
  },
)
