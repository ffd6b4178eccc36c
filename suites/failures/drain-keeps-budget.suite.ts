import { expect } from 'vitest'
import {
  conformance,
  drainDone,
  drainRefused,
  nodeToDisrupt,
  otherWorker,
  podDisruptionBudget,
  podReplaced,
  podsReady,
  premise,
  selectorOf,
  statefulSet,
  staysAvailable,
  staysTheSamePod,
  storedWith,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'failures/drain-keeps-budget',
    statement:
      'kubectl drain evicts no Pod that a PodDisruptionBudget needs, and fails when its time is over. Once the budget allows one disruption, the drain moves the Pods one after the other, and the others stay available.',
    level: 'MUST',
    source: { page: 'tasks/administer-cluster/safely-drain-node/', section: 'use-kubectl-drain-to-remove-a-node-from-service' },
    requires: ['MultipleNodes', 'NodeScheduling', 'NodeControl'],
    mutants: ['budget-of-others'],
    proves: {
      'failure.pdb-blocks-drain': { refused: ['refused', 'not-evicted'], 'never-fewer': 'never-fewer', 'goes-on': ['goes-on', 'replaced'] },
    },
    pace: 'slow',
    disruptive: true,
  },
  async ({ namespace, nodes, observe, history, limits, cluster }) => {
    const drained = nodeToDisrupt(cluster)
    const other = otherWorker(cluster, drained)
    const web = statefulSet('web', { cluster, replicas: 3, readiness: 'after-a-moment', podManagement: 'Parallel' })
    const pods = await observe.pods(selectorOf(web))
    // What was stored of the budget is evidence.
    await observe.kind({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', plural: 'poddisruptionbudgets', namespaced: true })
    await nodes.cordon(other)
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })
    await premise(history, storedWith({ kind: 'Pod', name: 'web-0', path: ['spec', 'nodeName'], value: drained }))
    await premise(history, storedWith({ kind: 'Pod', name: 'web-1', path: ['spec', 'nodeName'], value: drained }))
    await premise(history, storedWith({ kind: 'Pod', name: 'web-2', path: ['spec', 'nodeName'], value: drained }))
    await nodes.uncordon(other)
    await namespace.apply(podDisruptionBudget('web', { of: web, minAvailable: 3 }))

    const budget = { label: 'with all Pods needed', pods: selectorOf(web), within: limits.staysUnchanged }
    const refused = await nodes.drainByKubectl(drained, budget)
    await expect(history).toUphold(drainRefused({ drain: refused, naming: ['web-0', 'web-1', 'web-2', 'disruption budget'] }), {
      as: 'refused',
    })
    await expect(history).toUphold(staysTheSamePod({ pod: 'web-0', restarts: 'none' }), { as: 'not-evicted' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'web-1', restarts: 'none' }), { as: 'not-evicted' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'web-2', restarts: 'none' }), { as: 'not-evicted' })
    await namespace.apply(podDisruptionBudget('web', { of: web, minAvailable: 2 }))
    const allowed = { label: 'with two Pods needed', pods: selectorOf(web), within: limits.statefulSetReady }
    const done = await nodes.drainByKubectl(drained, allowed)

    await expect(history).toUphold(drainDone({ drain: done }), { as: 'goes-on' })
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.podReady, as: 'replaced' })
    await expect(pods).toReach(podReplaced({ pod: 'web-1' }), { within: limits.podReady, as: 'replaced' })
    await expect(pods).toReach(podReplaced({ pod: 'web-2' }), { within: limits.podReady, as: 'replaced' })
    await expect(history).toUphold(staysAvailable({ statefulSet: 'web', replicas: 3, atLeast: 2 }), { as: 'never-fewer' })
  },
)
