import { expect } from 'vitest'
import {
  conformance,
  deployment,
  differentVolumes,
  keepsItsVolume,
  pvcOwnedBy,
  replicasOf,
  replicasReady,
  requestRefused,
  together,
  until,
  volumeEmpty,
  volumeIn,
  volumeRemoved,
  withPvcTemplates,
} from '../../harness/index.ts'

conformance(
  {
    id: 'deployments/no-persistent-volume-per-pod',
    statement:
      'A Deployment has no volumeClaimTemplates. With a generic ephemeral volume each of its Pods has a PVC of its own, which is deleted with the Pod: the next one starts empty.',
    level: 'MAY',
    source: { page: 'concepts/storage/ephemeral-volumes/', section: 'generic-ephemeral-volumes' },
    requires: ['DynamicProvisioning'],
    mutants: ['pvcs-orphaned'],
    proves: {
      'deployment.no-pod-identity-storage': {
        'no-templates': 'templates-refused',
        'own-pvc': ['all-run', 'owned', 'different-volumes', 'others-stay'],
        'not-kept': ['removed', 'next-is-empty'],
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const web = deployment('web', { cluster, replicas: 3, ephemeral: sizes.small })
    const pods = await observe.pods()
    const pvcs = together(await observe.pvcs(), await observe.pvs(), pods)

    await namespace.attempt.create(withPvcTemplates(deployment('templates', { cluster, replicas: 3 })), { fieldValidation: 'Strict' })
    await namespace.apply(web)
    await expect(pods).toReach(replicasReady({ deployment: 'web', replicas: 3 }), { within: limits.podReady, as: 'all-run' })
    const [one, two, three] = await replicasOf(history, 'web', { count: 3 })
    await expect(pvcs).toReach(pvcOwnedBy({ pvc: `${one}-data`, pod: one }), { within: limits.pvcBound, as: 'owned' })
    await expect(pvcs).toReach(pvcOwnedBy({ pvc: `${two}-data`, pod: two }), { within: limits.pvcBound, as: 'owned' })
    await expect(pvcs).toReach(pvcOwnedBy({ pvc: `${three}-data`, pod: three }), { within: limits.pvcBound, as: 'owned' })
    await volumeIn(one, { namespace, measure }).fill()
    await namespace.delete({ kind: 'Pod', name: one })
    await expect(pvcs).toReach(volumeRemoved({ pvc: `${one}-data` }), { within: limits.objectDeleted, as: 'removed' })
    await until(pods, replicasReady({ deployment: 'web', replicas: 3 }), { within: limits.podReady })
    const [next] = await replicasOf(history, 'web', { count: 1, besides: [two, three] })
    const inNext = await volumeIn(next, { namespace, measure }).readTree('in the next Pod')

    const says = 'unknown field "spec.volumeClaimTemplates"'
    const refusal = { verb: 'create', kind: 'Deployment', name: 'templates', code: 400, says } as const
    await expect(history).toUphold(requestRefused(refusal), { as: 'templates-refused' })
    const pvcNames = [`${one}-data`, `${two}-data`, `${three}-data`, `${next}-data`]
    await expect(history).toUphold(differentVolumes({ pvcs: pvcNames }), { as: 'different-volumes' })
    await expect(history).toUphold(keepsItsVolume({ pvc: `${two}-data` }), { as: 'others-stay' })
    await expect(history).toUphold(keepsItsVolume({ pvc: `${three}-data` }), { as: 'others-stay' })
    await expect(history).toUphold(volumeEmpty({ found: inNext }), { as: 'next-is-empty' })
  },
)
