import { expect } from 'vitest'
import {
  answersValue,
  conformance,
  onlyPodReady,
  podGone,
  podOf,
  pvc,
  redisDeployment,
  redisIn,
  selectorOf,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/single-redis-deployment',
    statement:
      'A single Redis server needs no StatefulSet. A Deployment with a PVC and an append-only file keeps every key when its Pod is replaced.',
    level: 'SHOULD',
    source: { page: 'tasks/run-application/run-single-instance-stateful-application/', section: 'deploy-mysql' },
    requires: ['DynamicProvisioning', 'Redis'],
    mutants: ['append-only-off', 'volume-not-mounted'],
    proves: {
      'app.single-redis-deployment': { enough: ['replaced', 'counted', 'found'] },
      'deployment.single-replica-with-pvc': { data: ['counted', 'found'] },
      'failure.pod-recreated-automatically': { deployment: ['replaced', 'found'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const redis = redisDeployment('redis', { cluster, pvc: 'data' })
    const pods = await observe.pods(selectorOf(redis))
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(redis)
    await until(pods, onlyPodReady({ deployment: 'redis' }), { within: limits.podReady })
    const first = await podOf(history, 'redis')
    const counted = await redisIn(first, { namespace, measure }).count('counted', { key: 'visits', times: 200 })

    await namespace.delete({ kind: 'Pod', name: first })
    await until(pods, podGone({ pod: first }), { within: limits.podDeleted })
    await expect(pods).toReach(onlyPodReady({ deployment: 'redis' }), { within: limits.podReady, as: 'replaced' })
    const found = await redisIn(await podOf(history, 'redis'), { namespace, measure }).get('read by the next Pod', 'visits')

    await expect(history).toUphold(answersValue({ found: counted, value: '200' }), { as: 'counted' })
    await expect(history).toUphold(answersValue({ found, value: '200' }), { as: 'found' })
  },
)
