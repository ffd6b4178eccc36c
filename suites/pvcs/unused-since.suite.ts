import { expect } from 'vitest'
import {
  allReady,
  conformance,
  deadlinePassed,
  ephemeralPod,
  pod,
  podAbsent,
  podEnded,
  podReady,
  pvc,
  shownUnused,
  together,
  until,
  unusedKnown,
  unusedSince,
} from '../../harness/index.ts'

conformance(
  {
    id: 'pvcs/unused-since',
    statement:
      'A Bound PVC has the condition Unused. It is False while a Pod that has not ended refers to the PVC, by name or as its ephemeral volume, and True once there is none, with the time since when.',
    level: 'SHOULD',
    source: { page: 'reference/command-line-tools-reference/feature-gates/', section: 'PersistentVolumeClaimUnusedSinceTime' },
    requires: ['DynamicProvisioning'],
    mutants: ['pvcs-not-mounted'],
    proves: {
      'pvc.unused-condition': {
        'in-use': ['stays-in-use', 'since', 'neighbour'],
        unused: ['unused', 'since'],
        time: 'since',
        'used-again': 'used-again',
        ended: ['ended', 'since'],
      },
      'cost.correct-orphan-detection': {
        unreferenced: ['unused', 'since'],
        referenced: ['stays-in-use', 'used-again', 'neighbour'],
        ephemeral: ['stays-in-use', 'ephemeral'],
        ended: ['ended', 'since'],
      },
    },
    since: '1.37',
    gate: 'PersistentVolumeClaimUnusedSinceTime',
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const pods = await observe.pods()
    const pvcs = together(await observe.pvcs(), pods)
    const next = pod('next', { cluster, pvc: 'data' })
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pvc('other', { cluster, size: sizes.small }))
    await namespace.apply(pod('last', { cluster, pvc: 'data' }))
    await namespace.apply(pod('first', { cluster, pvc: 'data', beside: 'last' }))
    await namespace.apply(pod('neighbour', { cluster, pvc: 'other' }))
    await namespace.apply(ephemeralPod('scratch', { cluster, size: sizes.small }))
    await until(pods, allReady({ pods: ['first', 'last', 'neighbour', 'scratch'] }), { within: limits.podReady })
    await expect(pvcs).toReach(unusedKnown({ pvcs: ['data', 'other'] }), { within: limits.pvcBound })

    await namespace.delete({ kind: 'Pod', name: 'first' })
    await until(pods, podAbsent({ pod: 'first' }), { within: limits.podDeleted })
    const oneLeft = mark('one of two Pods is left')
    const inUse = shownUnused({ pvcs: ['data', 'other', 'scratch-data'], unused: 'False' })
    await expect(pvcs).toStay(inUse, { for: limits.staysUnchanged, after: oneLeft, as: 'stays-in-use' })
    await namespace.delete({ kind: 'Pod', name: 'last' })
    await expect(pvcs).toReach(shownUnused({ pvcs: ['data'], unused: 'True' }), { within: limits.podDeleted, as: 'unused' })
    await namespace.apply(next)
    await until(pods, podReady({ pod: 'next' }), { within: limits.podReady })
    await expect(pvcs).toReach(inUse, { within: limits.pvcBound, as: 'used-again' })
    await namespace.patch(next, deadlinePassed)
    await until(pods, podEnded({ pod: 'next' }), { within: limits.podDeleted })
    await expect(pvcs).toReach(shownUnused({ pvcs: ['data'], unused: 'True' }), { within: limits.pvcBound, as: 'ended' })

    await expect(history).toUphold(unusedSince({ pvc: 'data', pods: ['first', 'last', 'next'], times: 2 }), { as: 'since' })
    await expect(history).toUphold(unusedSince({ pvc: 'other', pods: ['neighbour'], times: 0 }), { as: 'neighbour' })
    await expect(history).toUphold(unusedSince({ pvc: 'scratch-data', pods: ['scratch'], times: 0 }), { as: 'ephemeral' })
  },
)
