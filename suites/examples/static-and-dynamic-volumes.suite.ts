import { expect } from 'vitest'
import {
  allReady,
  applyAsWritten,
  applyExample,
  conformance,
  createAsWritten,
  localVolume,
  nodeOfPod,
  pod,
  podGone,
  podReady,
  provisionerAsked,
  pvc,
  pvcBoundToPv,
  pvcsBound,
  pvcsIn,
  requestRefused,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'examples/static-and-dynamic-volumes',
    statement:
      'A hostPath PersistentVolume, a PVC of the same class and a Pod are bound and run; files are in the directory of the node. A class, a PVC and a Pod run where the driver is there. The volumes of a Pod are immutable, so a second example with a Pod of the same name is refused.',
    level: 'MUST',
    source: { page: 'tasks/configure-pod-container/configure-persistent-volume-storage/', section: 'create-a-persistentvolume' },
    requires: ['DynamicProvisioning'],
    mutants: ['binding-mode-ignored'],
    proves: {
      'manifest.static-pv-pvc-pod': { bound: ['static-bound', 'static-runs'], 'on-the-node': 'on-the-node' },
      'manifest.dynamic-class-pvc-pod': { 'with-driver': ['dynamic-bound', 'dynamic-runs'], 'without-driver': ['asked', 'waits'] },
      'manifest.pod-app-twice': { refused: 'pod-refused', 'other-names': 'both-run' },
    },
    pace: 'slow',
    podSecurity: { level: 'baseline', why: 'A directory of a node belongs to root, and the examples name no other user.' },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, measure, mark, sizes } = fixtures
    const nameOf = (written: string) => `${namespace.name}-${written}`
    const files = nameOf('files')
    const written = volumeIn('app', { namespace, measure })
    const found = volumeIn('reader', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await createAsWritten('dynamic-volume', fixtures, { classes: 'own', driver: 'of-the-cluster' })
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['dynamic-pvc'] }), { within: limits.pvcBound, as: 'dynamic-bound' })
    await expect(pods).toReach(podReady({ pod: 'app' }), { within: limits.podReady, as: 'dynamic-runs' })

    await createAsWritten('static-volume', fixtures, { classes: 'own', only: ['PersistentVolume', 'PersistentVolumeClaim'] })
    await applyAsWritten('static-volume', fixtures, { classes: 'own', only: ['Pod'] })
    await createAsWritten('dynamic-volume', fixtures, { classes: 'own', suffix: '-on-aws' })
    await expect(pvcs).toReach(provisionerAsked({ pvc: 'dynamic-pvc-on-aws', provisioner: 'ebs.csi.aws.com' }), {
      within: limits.pvcBound,
      as: 'asked',
    })
    const asked = mark('the driver of Amazon EBS was asked for')
    await namespace.delete({ kind: 'Pod', name: 'app' })
    await until(pods, podGone({ pod: 'app' }), { within: limits.podDeleted })
    await createAsWritten('static-volume', fixtures, { classes: 'own', only: ['Pod'] })
    await expect(pods).toReach(podReady({ pod: 'app' }), { within: limits.podReady, as: 'static-runs' })
    await written.populate({ files: 8, bytes: '1Mi' })
    const before = await written.readTree('through the PersistentVolume')
    const node = await nodeOfPod(history, 'app')
    await namespace.apply(
      localVolume(files, { node, path: `/run/holdfast/${namespace.name}/mnt/data`, storageClass: files, size: sizes.small }),
    )
    await namespace.apply(pvc('files', { cluster, size: sizes.small, storageClass: files }))
    await namespace.apply(pod('reader', { cluster, pvc: 'files' }))
    await applyExample('static-volume', fixtures, { classes: 'own' })
    await applyExample('dynamic-volume', fixtures)
    await until(pods, podReady({ pod: 'reader' }), { within: limits.podReady })
    await expect(pods).toReach(allReady({ pods: ['app-static', 'app-dynamic'] }), { within: limits.podReady, as: 'both-run' })
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['dynamic-pvc-on-aws'], phase: 'Pending' }), {
      for: limits.staysUnchanged,
      after: asked,
      as: 'waits',
    })

    const after = await found.readTree('in the directory of the node')
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'manual-pvc', volume: nameOf('manual-pv') }), { as: 'static-bound' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'on-the-node' })
    await expect(history).toUphold(requestRefused({ verb: 'apply', kind: 'Pod', name: 'app', code: 422, fields: ['spec'] }), {
      as: 'pod-refused',
    })
  },
)
