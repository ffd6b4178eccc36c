import { expect } from 'vitest'
import {
  applyExample,
  conformance,
  createAsWritten,
  fileAsWritten,
  fileWithStandIns,
  kubectlPrinted,
  podReady,
  pvc,
  pvcHasClass,
  pvcSized,
  pvcsIn,
  requestRefused,
  storageClass,
  treesEqual,
  until,
  volumeIn,
  volumeSnapshotReady,
  pod,
} from '../../harness/index.ts'

conformance(
  {
    id: 'examples/expansion-and-snapshots',
    statement:
      'Manifests with a timeline are not YAML. Without it, an enlarged PVC needs no access modes where it exists and is refused where it is new, a snapshot is ready where its class is of the driver of the volume, and a restore without a class gets the default one.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'volume-snapshot-and-restore-volume-from-snapshot-support' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion', 'VolumeSnapshots', 'DefaultStorageClassFree', 'Kubectl'],
    mutants: ['restores-made-blank'],
    proves: {
      'manifest.expansion-block': {
        'with-timeline': 'expansion-not-yaml',
        'new-pvc': 'new-refused',
        applied: 'modes-taken',
        existing: ['written-grown', 'grown'],
      },
      'manifest.snapshot-block': {
        'with-timeline': 'snapshot-not-yaml',
        'no-class': 'no-class-waits',
        ready: ['written-ready', 'ready'],
        restored: ['restored', 'same'],
      },
      'manifest.restore-pvc': {
        'no-class': 'no-class-waits',
        'default-class': ['default-used', 'by-default', 'same-by-default'],
        named: ['restored', 'same'],
      },
    },
    pace: 'slow',
    holds: ['default StorageClass'],
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, measure, mark, kubectl, sizes } = fixtures
    const own = { classes: 'own', driver: 'of-the-cluster' } as const
    const [expandable, byDefault] = [`${namespace.name}-expandable-written`, `${namespace.name}-default`]
    const [expansion, snapshot] = [fileAsWritten('expansion'), fileAsWritten('snapshot-block')]
    const onlyPvc = { fixtures, classes: 'own', only: ['PersistentVolumeClaim'] } as const
    const enlarged = fileWithStandIns('expansion', { ...onlyPvc, suffix: '-written' })
    const whole = fileWithStandIns('expansion', { ...onlyPvc, suffix: '-applied', spec: { accessModes: ['ReadWriteOnce'] } })
    const withoutModes = fileWithStandIns('expansion', { ...onlyPvc, suffix: '-applied' })
    const written = volumeIn('app-dynamic', { namespace, measure })
    const restored = volumeIn('reader', { namespace, measure })
    const restoredByDefault = volumeIn('reader-by-default', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    const volumeSnapshots = await observe.volumeSnapshots()
    await observe.pvs()
    const notYaml = await kubectl.run(['apply', '--dry-run=server', '--filename', expansion.file], expansion)
    const notYamlEither = await kubectl.run(['apply', '--dry-run=server', '--filename', snapshot.file], snapshot)
    await applyExample('dynamic-volume', fixtures)
    await until(pods, podReady({ pod: 'app-dynamic' }), { within: limits.podReady })
    await written.fill()
    const before = await written.readTree('before the snapshot')

    await createAsWritten('expansion', fixtures, { ...own, suffix: '-written' })
    await namespace.apply(pvc('data-written', { cluster, size: sizes.small, storageClass: expandable }))
    await namespace.apply(pod('user', { cluster, pvc: 'data-written' }))
    await until(pods, podReady({ pod: 'user' }), { within: limits.podReady })
    await kubectl.run(['apply', '--filename', enlarged.file], { ...enlarged, label: 'onto a PVC that is there' })
    await kubectl.run(['apply', '--filename', whole.file], { ...whole, label: 'with access modes' })
    const modesTaken = await kubectl.run(['apply', '--filename', withoutModes.file], { ...withoutModes, label: 'without them' })
    await applyExample('expanded-pvc', fixtures)
    await expect(pvcs).toReach(pvcSized({ pvc: 'data-written', size: sizes.medium }), { within: limits.pvcExpanded, as: 'written-grown' })
    await expect(pvcs).toReach(pvcSized({ pvc: 'data', size: sizes.medium }), { within: limits.pvcExpanded, as: 'grown' })
    await createAsWritten('snapshot-block', fixtures, { ...own, only: ['VolumeSnapshotClass', 'VolumeSnapshot'], suffix: '-written' })
    await applyExample('snapshot', fixtures, { classes: 'own' })
    await expect(volumeSnapshots).toReach(volumeSnapshotReady({ volumeSnapshot: 'data-snapshot-written' }), {
      within: limits.volumeSnapshotReady,
      as: 'written-ready',
    })
    await expect(volumeSnapshots).toReach(volumeSnapshotReady({ volumeSnapshot: 'data-snapshot' }), {
      within: limits.volumeSnapshotReady,
      as: 'ready',
    })
    await createAsWritten('snapshot-block', fixtures, { only: ['PersistentVolumeClaim'] })
    await applyExample('restored-pvc', fixtures)
    await namespace.apply(pod('reader', { cluster, pvc: 'restored-pvc' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady, as: 'restored' })
    const classless = mark('a restore without a class and without a default')
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['data-restored'], phase: 'Pending' }), {
      for: limits.staysUnchanged,
      after: classless,
      as: 'no-class-waits',
    })
    await namespace.apply(storageClass(byDefault, { cluster, isDefault: true }))
    await namespace.apply(pod('reader-by-default', { cluster, pvc: 'data-restored' }))
    await expect(pods).toReach(podReady({ pod: 'reader-by-default' }), { within: limits.podReady, as: 'by-default' })

    const after = await restored.readTree('restored')
    const afterByDefault = await restoredByDefault.readTree('restored with the default class')
    const refused = { verb: 'create', kind: 'PersistentVolumeClaim', name: 'data-written', code: 422 } as const
    await expect(history).toUphold(kubectlPrinted({ command: notYaml, exitCode: 1, lines: ['YAML'] }), { as: 'expansion-not-yaml' })
    await expect(history).toUphold(kubectlPrinted({ command: notYamlEither, exitCode: 1, lines: ['YAML'] }), { as: 'snapshot-not-yaml' })
    await expect(history).toUphold(requestRefused({ ...refused, fields: ['spec.accessModes'] }), { as: 'new-refused' })
    await expect(history).toUphold(kubectlPrinted({ command: modesTaken, exitCode: 1, lines: ['"data-applied" is invalid'] }), {
      as: 'modes-taken',
    })
    await expect(history).toUphold(pvcHasClass({ pvc: 'data-restored', storageClass: byDefault }), { as: 'default-used' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: afterByDefault }), { as: 'same-by-default' })
  },
)
