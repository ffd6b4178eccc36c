import { expect } from 'vitest'
import {
  conformance,
  driverNotAsked,
  fileSystemGrew,
  measureDriverCalls,
  partUpgraded,
  podsReady,
  podsUntouched,
  premise,
  publishedFor,
  pvcExpanded,
  readWrites,
  statefulSet,
  until,
  volumeIn,
  writerIn,
  wroteOn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'upgrade/driver-keeps-mounts',
    statement:
      'When the CSI driver is replaced by another version, Pods keep writing to their volumes, no container is restarted and no volume is taken from its Pod. The new version knows the volumes of the old one: one that is in use grows.',
    level: 'MUST',
    source: { page: 'concepts/storage/volumes/', section: 'csi' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion', 'DriverCallLog', 'DriverUpgrade'],
    mutants: ['pods-crash-with-driver'],
    proves: {
      'upgrade.driver-keeps-mounts': {
        writes: 'writes-on',
        'same-containers': 'not-restarted',
        'not-taken': ['published', 'not-unpublished', 'not-unstaged'],
        known: ['expanded', 'grown'],
      },
    },
  },
  async (fixtures) => {
    const { namespace, platform, observe, history, limits, cluster, sizes } = fixtures
    const writer = writerIn('web-0', fixtures, ['/data'])
    const volume = volumeIn('web-1', fixtures)
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await observe.csiNodes()
    await namespace.apply(statefulSet('web', { cluster, replicas: 2, data: sizes.small }))
    await until(pods, podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetReady })
    await writer.start()
    const before = await writer.position('before the upgrade')
    const small = await volume.readSize('before the upgrade')
    const first = await measureDriverCalls('before the upgrade', fixtures, 'data-web-0')
    // It reads the watch of Pods, which may have a gap once the API server was restarted.
    await expect(history).toUphold(publishedFor({ calls: first, pod: 'web-0' }), { as: 'published' })
    const was = await platform.state('before the upgrade')

    await platform.upgraded('whole')
    await premise(history, partUpgraded({ part: 'whole' }))
    const is = await platform.state('after the upgrade')
    const after = await writer.stop('after the upgrade')
    await namespace.expand({ kind: 'PersistentVolumeClaim', name: 'data-web-1' }, sizes.medium)
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'data-web-1', to: sizes.medium }), { within: limits.pvcExpanded, as: 'expanded' })

    const large = await volume.readSize('after the expansion')
    const found = await readWrites('web-0', fixtures, '/data')
    const calls = await measureDriverCalls('after the upgrade', fixtures, 'data-web-0')
    const grew = { pvc: 'data-web-1', from: sizes.small, to: sizes.medium, before: small, after: large }
    await expect(history).toUphold(podsUntouched({ before: was, after: is, pods: ['web-0', 'web-1'] }), { as: 'not-restarted' })
    await expect(history).toUphold(wroteOn({ before, after, found }), { as: 'writes-on' })
    await expect(history).toUphold(driverNotAsked({ calls, method: 'NodeUnpublishVolume' }), { as: 'not-unpublished' })
    await expect(history).toUphold(driverNotAsked({ calls, method: 'NodeUnstageVolume' }), { as: 'not-unstaged' })
    await expect(history).toUphold(fileSystemGrew(grew), { as: 'grown' })
  },
)
