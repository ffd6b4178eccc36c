import { expect } from 'vitest'
import {
  applyExample,
  conformance,
  createAsWritten,
  idlePod,
  namesFrom,
  neverAnswered,
  podAbsent,
  podGone,
  podNotStarted,
  podPresent,
  podReady,
  podsReady,
  pvcAbsent,
  pvcBoundToPv,
  pvcsBound,
  pvcsByTemplate,
  pvcsIn,
  pvsNeverBound,
  resolvesTo,
  storageClass,
  until,
  volumesIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'examples/nginx-exercise',
    statement:
      'A StatefulSet makes its own PVCs and never uses one that was made by hand. With a default StorageClass, these are provisioned; without one, Pod 0 stays Pending. Its Pods have no names before there is the Service that it names, and deleting it leaves its PVCs.',
    level: 'MUST',
    source: { page: 'tutorials/stateful-application/basic-stateful-set/', section: 'creating-a-statefulset' },
    requires: ['DynamicProvisioning', 'DefaultStorageClassFree'],
    mutants: ['binding-mode-ignored'],
    proves: {
      'manifest.nginx-exercise': {
        'without-default': ['by-hand-bound', 'first-waits', 'no-second'],
        'with-default': ['own-pvcs', 'runs', 'by-hand-waits', 'pv-unused'],
        left: 'pvcs-left',
        corrected: ['corrected-runs', 'own-pvcs'],
      },
      'manifest.nginx-servicename': { 'no-service': 'no-names', service: 'names' },
    },
    pace: 'slow',
    holds: ['default StorageClass', 'PersistentVolumes without a class'],
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, mark, sizes } = fixtures
    const nginx = { nginx: 'itself' } as const
    const first = { ...nginx, suffix: '-first' } as const
    const ownPvcs = ['www-nginx-0', 'www-nginx-1', 'www-nginx-2']
    const [pvOfFirst, pv, byDefault] = [`${namespace.name}-nginx-pv-first`, `${namespace.name}-nginx-pv`, `${namespace.name}-default`]
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    const pvs = await observe.pvs()
    await namespace.apply(idlePod('client', { cluster }))
    await until(pods, podReady({ pod: 'client' }), { within: limits.podReady })

    await createAsWritten('nginx-exercise', fixtures, { ...first, only: ['PersistentVolume'] })
    await until(pvs, volumesIn({ volumes: [pvOfFirst], phase: 'Available' }), { within: limits.pvcBound })
    await createAsWritten('nginx-exercise', fixtures, { ...first, only: ['PersistentVolumeClaim'] })
    await until(pvcs, pvcsBound({ pvcs: ['nginx-pvc-first'] }), { within: limits.pvcBound })
    await createAsWritten('nginx-exercise', fixtures, { ...first, only: ['StatefulSet'] })
    await until(pods, podPresent({ pod: 'nginx-first-0' }), { within: limits.podReady })
    const taken = mark('nginx-pvc has nginx-pv')
    await expect(pods).toStay(podNotStarted({ pod: 'nginx-first-0' }), { for: limits.staysUnchanged, after: taken, as: 'first-waits' })
    await expect(pods).toStay(podAbsent({ pod: 'nginx-first-1' }), { for: limits.staysUnchanged, after: taken, as: 'no-second' })
    await namespace.delete({ kind: 'StatefulSet', name: 'nginx-first' })
    await until(pods, podGone({ pod: 'nginx-first-0' }), { within: limits.podDeleted })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'www-nginx-first-0' })
    await until(pvcs, pvcAbsent({ pvc: 'www-nginx-first-0' }), { within: limits.objectDeleted })
    await namespace.apply(storageClass(byDefault, { cluster, isDefault: true, volumeBindingMode: 'WaitForFirstConsumer' }))
    await createAsWritten('nginx-exercise', fixtures, nginx)
    await expect(pods).toReach(podsReady({ statefulSet: 'nginx', replicas: 3 }), { within: limits.statefulSetReady, as: 'runs' })
    const running = mark('the set runs')
    const names = await namesFrom('client', fixtures)
    const withoutService = await names.watch(['nginx-0.nginx', 'nginx-1.nginx', 'nginx-2.nginx'], 'without a Service', {
      for: limits.staysUnchanged,
    })
    await applyExample('nginx-statefulset', fixtures, nginx)
    const withService = [
      await names.ask('nginx-0.nginx', 'the first with a headless Service', { pods: ['nginx-0'] }),
      await names.ask('nginx-1.nginx', 'the second with a headless Service', { pods: ['nginx-1'] }),
      await names.ask('nginx-2.nginx', 'the third with a headless Service', { pods: ['nginx-2'] }),
    ] as const
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady, as: 'corrected-runs' })
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['nginx-pvc'], phase: 'Pending' }), {
      for: limits.staysUnchanged,
      after: running,
      as: 'by-hand-waits',
    })
    await until(pvs, volumesIn({ volumes: [pv], phase: 'Available' }), { within: limits.pvcBound })
    await namespace.delete({ kind: 'StatefulSet', name: 'nginx' })
    await until(pods, podGone({ pod: 'nginx-0' }), { within: limits.podDeleted })
    const deleted = mark('the set is deleted')
    await expect(pvcs).toStay(pvcsBound({ pvcs: ownPvcs }), { for: limits.staysUnchanged, after: deleted, as: 'pvcs-left' })

    const ofSets = ['nginx-first-0', 'nginx-0', 'nginx-1', 'nginx-2', 'web-0', 'web-1', 'web-2']
    await expect(history).toUphold(pvcsByTemplate({ template: 'www', size: sizes.small, pods: ofSets }), { as: 'own-pvcs' })
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'nginx-pvc-first', volume: pvOfFirst }), { as: 'by-hand-bound' })
    await expect(history).toUphold(pvsNeverBound({ volumes: [pv] }), { as: 'pv-unused' })
    await expect(history).toUphold(neverAnswered({ found: withoutService }), { as: 'no-names' })
    await expect(history).toUphold(resolvesTo(withService[0]), { as: 'names' })
    await expect(history).toUphold(resolvesTo(withService[1]), { as: 'names' })
    await expect(history).toUphold(resolvesTo(withService[2]), { as: 'names' })
  },
)
