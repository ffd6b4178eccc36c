import { expect } from 'vitest'
import {
  conformance,
  deployment,
  neverSurges,
  onlyPodReady,
  podGone,
  podOf,
  podReady,
  podReplaced,
  requestRefused,
  restart,
  statefulSet,
  surges,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'updates/no-surge-and-no-pause',
    statement:
      'A StatefulSet is updated without an extra Pod, while a Deployment creates the new Pod first. With strict validation, the API server refuses maxSurge and paused in a StatefulSet.',
    level: 'MAY',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'rolling-updates' },
    requires: [],
    mutants: ['recreating-deployments'],
    proves: { 'statefulset.vs-deployment': { updated: 'replaced', surge: ['no-surge', 'surge'], fields: 'refused' } },
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const web = statefulSet('web', { cluster, replicas: 1 })
    const shop = deployment('shop', { cluster, replicas: 1 })
    const paused = statefulSet('paused', { cluster, replicas: 1 })
    const surging = statefulSet('surging', { cluster, replicas: 1 })
    const pods = await observe.pods()
    await namespace.apply(web)
    await namespace.apply(shop)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })
    await until(pods, onlyPodReady({ deployment: 'shop' }), { within: limits.podReady })
    const first = await podOf(history, 'shop')

    await namespace.patch(web, restart('once'))
    await namespace.patch(shop, restart('once'))
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.podReady, as: 'replaced' })
    await expect(pods).toReach(podGone({ pod: first }), { within: limits.podReady, as: 'replaced' })
    const pausing = { ...paused, spec: { ...paused.spec, paused: true } }
    await namespace.attempt.create(pausing, { fieldValidation: 'Strict' })
    const withSurge = { ...surging, spec: { ...surging.spec, updateStrategy: { rollingUpdate: { maxSurge: 1 } } } }
    await namespace.attempt.create(withSurge, { fieldValidation: 'Strict' })

    await expect(history).toUphold(neverSurges({ workload: 'web', replicas: 1 }), { as: 'no-surge' })
    await expect(history).toUphold(surges({ workload: 'shop', replicas: 1 }), { as: 'surge' })
    const refusal = { verb: 'create', kind: 'StatefulSet', code: 400 } as const
    await expect(history).toUphold(requestRefused({ ...refusal, name: 'paused', says: 'unknown field "spec.paused"' }), { as: 'refused' })
    await expect(history).toUphold(
      requestRefused({ ...refusal, name: 'surging', says: 'unknown field "spec.updateStrategy.rollingUpdate.maxSurge"' }),
      { as: 'refused' },
    )
  },
)
