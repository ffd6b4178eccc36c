import { expect } from 'vitest'
import {
  conformance,
  identityKept,
  partUpgraded,
  podsReady,
  podsUntouched,
  premise,
  readWrites,
  selectorOf,
  statefulSet,
  until,
  writerIn,
  wroteOn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'upgrade/control-plane-leaves-pods',
    statement:
      'Upgrading the control plane with kubeadm restarts and replaces no Pod of a workload. A program that writes to its volume goes on, and each StatefulSet, PVC and volume is the one that it was.',
    level: 'MUST',
    source: { page: 'tasks/administer-cluster/kubeadm/kubeadm-upgrade/', section: 'before-you-begin' },
    requires: ['DynamicProvisioning', 'ControlPlaneUpgrade'],
    mutants: ['alive-by-api-server'],
    proves: {
      'upgrade.workloads-untouched': { pods: 'not-restarted', objects: 'same-objects', writes: 'writes-on' },
      'upgrade.all-containers-restart': { workloads: 'not-restarted' },
    },
  },
  async (fixtures) => {
    const { namespace, platform, observe, history, limits, cluster, sizes } = fixtures
    const web = statefulSet('web', { cluster, replicas: 2, data: sizes.small })
    const writer = writerIn('web-0', fixtures, ['/data'])
    const pods = await observe.pods(selectorOf(web))
    await observe.pvcs()
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetReady })
    await writer.start()
    const before = await writer.position('before the upgrade')
    const was = await platform.state('before the upgrade')

    await platform.upgraded('control-plane')
    await premise(history, partUpgraded({ part: 'control-plane' }))
    const is = await platform.state('after the upgrade of the control plane')
    const after = await writer.stop('after the upgrade of the control plane')

    const found = await readWrites('web-0', fixtures, '/data')
    await expect(history).toUphold(podsUntouched({ before: was, after: is, pods: ['web-0', 'web-1'] }), { as: 'not-restarted' })
    const kinds = ['StatefulSet', 'PersistentVolumeClaim', 'PersistentVolume']
    await expect(history).toUphold(identityKept({ before: was, after: is, kinds }), { as: 'same-objects' })
    await expect(history).toUphold(wroteOn({ before, after, found }), { as: 'writes-on' })
  },
)
