import { expect } from 'vitest'
import {
  allReady,
  conformance,
  defaultGracePeriod,
  endedWithin,
  idlePod,
  podGone,
  podTerminating,
  storedWith,
  until,
  withDefaultGracePeriod,
  withPreStop,
} from '../../harness/index.ts'

conformance(
  {
    id: 'pods/grace-period',
    statement:
      'A deleted Pod is Terminating until its containers have ended. One that does not end is killed once the grace period is over, which is 30 s unless told otherwise and includes its preStop hook. One that ends at once is gone at once.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/pods/pod-lifecycle/', section: 'pod-termination' },
    requires: [],
    mutants: ['grace-period-shortened'],
    proves: {
      'pod.grace-period': {
        default: ['default-stored', 'killed-at-the-end'],
        terminating: ['still-there', 'killed-at-the-end', 'gone-in-the-end'],
        'pre-stop': 'hook-included',
        early: ['ended-at-once', 'gone-at-once', 'still-there'],
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const pods = await observe.pods()
    await namespace.apply(withDefaultGracePeriod(idlePod('prompt', { cluster })))
    await namespace.apply(withDefaultGracePeriod(idlePod('stubborn', { cluster, termination: 'never' })))
    await namespace.apply(withDefaultGracePeriod(withPreStop(idlePod('hooked', { cluster, termination: 'never' }), 20)))
    await until(pods, allReady({ pods: ['prompt', 'stubborn', 'hooked'] }), { within: limits.podReady })

    await namespace.delete({ kind: 'Pod', name: 'stubborn' })
    await namespace.delete({ kind: 'Pod', name: 'hooked' })
    await namespace.delete({ kind: 'Pod', name: 'prompt' })
    await expect(pods).toReach(podGone({ pod: 'prompt' }), { within: limits.podDeleted, as: 'gone-at-once' })
    await expect(pods).toReach(podTerminating({ pod: 'stubborn' }), { within: limits.podDeleted, as: 'still-there' })
    await expect(pods).toReach(podGone({ pod: 'stubborn' }), { within: limits.podDeleted, as: 'gone-in-the-end' })
    await until(pods, podGone({ pod: 'hooked' }), { within: limits.podDeleted })

    const path = ['spec', 'terminationGracePeriodSeconds']
    const untilKilled = { exitCode: 137, atLeast: defaultGracePeriod, atMost: 45 }
    await expect(history).toUphold(endedWithin({ pod: 'prompt', exitCode: 0, atLeast: 0, atMost: 10 }), { as: 'ended-at-once' })
    await expect(history).toUphold(endedWithin({ pod: 'stubborn', ...untilKilled }), { as: 'killed-at-the-end' })
    await expect(history).toUphold(endedWithin({ pod: 'hooked', ...untilKilled }), { as: 'hook-included' })
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'stubborn', path, value: defaultGracePeriod }), { as: 'default-stored' })
  },
)
