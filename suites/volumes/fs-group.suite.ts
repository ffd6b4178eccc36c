import { expect } from 'vitest'
import { conformance, groupOwned, pod, podGone, podReady, pvc, until, volumeIn, writesDone, writesRefused } from '../../harness/index.ts'

conformance(
  {
    id: 'volumes/fs-group',
    statement:
      'A Pod that does not run as root cannot write to a volume owned by root. With fsGroup, the whole volume belongs to that group, and the Pod can write.',
    level: 'MUST',
    source: { page: 'tasks/configure-pod-container/security-context/', section: 'set-the-security-context-for-a-pod' },
    requires: ['DynamicProvisioning', 'FsGroup'],
    mutants: ['fs-group-dropped'],
    proves: { 'volume.fsgroup': { writable: ['refused-without', 'done-with', 'owned-by-group'] } },
    podSecurity: { level: 'baseline', why: 'A Pod that runs as root writes the volume that another may not write.' },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const owner = volumeIn('owner', { namespace, measure })
    const stranger = volumeIn('stranger', { namespace, measure })
    const member = volumeIn('member', { namespace, measure })
    const pods = await observe.pods()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('owner', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'owner' }), { within: limits.podReady })
    await owner.fill()
    await namespace.delete({ kind: 'Pod', name: 'owner' })
    await until(pods, podGone({ pod: 'owner' }), { within: limits.podDeleted })

    await namespace.apply(pod('stranger', { cluster, pvc: 'data', runAs: { runAsUser: 1000 } }))
    await until(pods, podReady({ pod: 'stranger' }), { within: limits.podReady })
    const attempts = await stranger.tryToWrite('without the group')
    await expect(history).toUphold(writesRefused({ attempts, because: 'not-owned' }), { as: 'refused-without' })
    await namespace.delete({ kind: 'Pod', name: 'stranger' })
    await until(pods, podGone({ pod: 'stranger' }), { within: limits.podDeleted })
    await namespace.apply(pod('member', { cluster, pvc: 'data', runAs: { runAsUser: 1000, fsGroup: 2000 } }))
    await expect(pods).toReach(podReady({ pod: 'member' }), { within: limits.podReady })

    const allowed = await member.tryToWrite('with the group')
    await expect(history).toUphold(writesDone({ attempts: allowed, ways: ['create', 'append', 'remove'] }), { as: 'done-with' })
    const found = await member.readTree('with the group')
    await expect(history).toUphold(groupOwned({ found, group: 2000 }), { as: 'owned-by-group' })
  },
)
