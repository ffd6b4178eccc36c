import { expect } from 'vitest'
import { conformance, deletionAsked, goneWhile, idlePod, kubectlPrinted, podGone, podReady, until } from '../../harness/index.ts'

conformance(
  {
    id: 'diagnosis/force-delete-flags',
    statement:
      'kubectl delete pod --force asks for a deletion at once, with or without --grace-period=0, and warns that nobody waits for the Pod to end. --grace-period=0 without --force asks for one second. Then, and without flags, the Pod goes only once its containers have ended.',
    level: 'MAY',
    source: { page: 'tasks/run-application/force-delete-stateful-set-pod/', section: 'force-deletion' },
    requires: ['Kubectl'],
    mutants: ['pod-force-deleted'],
    proves: {
      'trouble.force-delete-warning': {
        both: ['both-asked', 'both-warned', 'both-at-once'],
        'force-alone': ['force-asked', 'force-warned', 'force-at-once'],
        'grace-alone': ['grace-asked', 'grace-unwarned', 'grace-ended'],
        neither: ['plain-asked', 'plain-unwarned', 'plain-ended'],
      },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, history, limits, cluster, kubectl }) => {
    const warning = 'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated.'
    const pods = await observe.pods()
    await namespace.apply(idlePod('plain', { cluster, termination: 'after-a-moment' }))
    await namespace.apply(idlePod('short', { cluster }))
    await namespace.apply(idlePod('forced', { cluster }))
    await namespace.apply(idlePod('both', { cluster }))
    await until(pods, podReady({ pod: 'plain' }), { within: limits.podReady })
    await until(pods, podReady({ pod: 'short' }), { within: limits.podReady })
    await until(pods, podReady({ pod: 'forced' }), { within: limits.podReady })
    await until(pods, podReady({ pod: 'both' }), { within: limits.podReady })

    const plain = await kubectl.run(['delete', 'pod', 'plain'])
    const short = await kubectl.run(['delete', 'pod', 'short', '--grace-period=0'])
    const forced = await kubectl.run(['delete', 'pod', 'forced', '--force'])
    const both = await kubectl.run(['delete', 'pod', 'both', '--grace-period=0', '--force'])
    await until(pods, podGone({ pod: 'plain' }), { within: limits.podDeleted })
    await until(pods, podGone({ pod: 'short' }), { within: limits.podDeleted })
    await until(pods, podGone({ pod: 'forced' }), { within: limits.podDeleted })
    await until(pods, podGone({ pod: 'both' }), { within: limits.podDeleted })

    await expect(history).toUphold(deletionAsked({ command: plain, gracePeriodSeconds: null }), { as: 'plain-asked' })
    await expect(history).toUphold(deletionAsked({ command: short, gracePeriodSeconds: 1 }), { as: 'grace-asked' })
    await expect(history).toUphold(deletionAsked({ command: forced, gracePeriodSeconds: 0 }), { as: 'force-asked' })
    await expect(history).toUphold(deletionAsked({ command: both, gracePeriodSeconds: 0 }), { as: 'both-asked' })
    await expect(history).toUphold(kubectlPrinted({ command: plain, without: [warning] }), { as: 'plain-unwarned' })
    await expect(history).toUphold(kubectlPrinted({ command: short, without: [warning] }), { as: 'grace-unwarned' })
    await expect(history).toUphold(kubectlPrinted({ command: forced, lines: [warning] }), { as: 'force-warned' })
    await expect(history).toUphold(kubectlPrinted({ command: both, lines: [warning] }), { as: 'both-warned' })
    await expect(history).toUphold(goneWhile({ pod: 'plain', containers: 'ended' }), { as: 'plain-ended' })
    await expect(history).toUphold(goneWhile({ pod: 'short', containers: 'ended' }), { as: 'grace-ended' })
    await expect(history).toUphold(goneWhile({ pod: 'forced', containers: 'running' }), { as: 'force-at-once' })
    await expect(history).toUphold(goneWhile({ pod: 'both', containers: 'running' }), { as: 'both-at-once' })
  },
)
