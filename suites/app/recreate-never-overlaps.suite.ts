import { expect } from 'vitest'
import {
  answersValue,
  conformance,
  onePodAtATime,
  onlyPodReady,
  otherPodPresent,
  podOf,
  pvc,
  redisDeployment,
  redisIn,
  rollOut,
  selectorOf,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/recreate-never-overlaps',
    statement:
      'A Deployment with strategy Recreate creates the new Pod only after the containers of the old Pod have ended. Its volume never has two writers.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/deployment/', section: 'recreate-deployment' },
    requires: ['DynamicProvisioning', 'Redis'],
    mutants: ['rolling-deployments'],
    proves: { 'deployment.recreate-never-overlaps': { ended: 'one-at-a-time', alone: 'one-at-a-time' } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const redis = redisDeployment('redis', { cluster, pvc: 'data' })
    const pods = await observe.pods(selectorOf(redis))
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(redis)
    await until(pods, onlyPodReady({ deployment: 'redis' }), { within: limits.podReady })
    const first = await podOf(history, 'redis')
    await redisIn(first, { namespace, measure }).count('counted', { key: 'visits', times: 200 })

    await namespace.patch(redis, rollOut)
    await expect(pods).toReach(otherPodPresent({ deployment: 'redis', than: first }), { within: limits.podDeleted })
    await expect(history).toUphold(onePodAtATime({ deployment: 'redis' }), { as: 'one-at-a-time' })
    await expect(pods).toReach(onlyPodReady({ deployment: 'redis' }), { within: limits.podReady })
    const found = await redisIn(await podOf(history, 'redis'), { namespace, measure }).get('read by the new Pod', 'visits')

    await expect(history).toUphold(answersValue({ found, value: '200' }))
  },
)
