import { expect } from 'vitest'
import {
  conformance,
  driverNotAsked,
  measureDriverCalls,
  partUpgraded,
  podsReady,
  podsUntouched,
  premise,
  publishedFor,
  readWrites,
  statefulSet,
  until,
  writerIn,
  wroteOn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'upgrade/kubelet-keeps-containers',
    statement:
      'A kubelet that is replaced by one of the next minor below running Pods restarts none of their containers and unmounts none of their volumes. What they write goes on.',
    level: 'MAY',
    source: { page: 'tasks/administer-cluster/kubeadm/kubeadm-upgrade/', section: 'additional-information' },
    requires: ['DynamicProvisioning', 'DriverCallLog', 'KubeletUpgrade'],
    mutants: ['alive-by-api-server'],
    proves: { 'upgrade.all-containers-restart': { 'in-place': ['not-restarted', 'published', 'not-unpublished', 'writes-on'] } },
  },
  async (fixtures) => {
    const { namespace, platform, observe, history, limits, cluster, sizes } = fixtures
    const writer = writerIn('web-0', fixtures, ['/data'])
    const pods = await observe.pods()
    // What the driver was asked for a PVC is found by its volume.
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(statefulSet('web', { cluster, replicas: 2, data: sizes.small }))
    await until(pods, podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetReady })
    await writer.start()
    const before = await writer.position('before the upgrade')
    const first = await measureDriverCalls('before the upgrade', fixtures, 'data-web-0')
    // It reads the watch of Pods, which may have a gap once the API server was restarted.
    await expect(history).toUphold(publishedFor({ calls: first, pod: 'web-0' }), { as: 'published' })
    const was = await platform.state('before the upgrade')

    await platform.upgraded('whole')
    await premise(history, partUpgraded({ part: 'whole' }))
    const is = await platform.state('after the upgrade')
    const after = await writer.stop('after the upgrade')

    const found = await readWrites('web-0', fixtures, '/data')
    const calls = await measureDriverCalls('after the upgrade', fixtures, 'data-web-0')
    await expect(history).toUphold(podsUntouched({ before: was, after: is, pods: ['web-0', 'web-1'] }), { as: 'not-restarted' })
    await expect(history).toUphold(wroteOn({ before, after, found }), { as: 'writes-on' })
    await expect(history).toUphold(driverNotAsked({ calls, method: 'NodeUnpublishVolume' }), { as: 'not-unpublished' })
  },
)
