import { expect } from 'vitest'
import {
  allReady,
  applyAsWritten,
  applyExample,
  conformance,
  createAsWritten,
  pod,
  provisionerAsked,
  pvc,
  pvcsBound,
  pvcsIn,
  requestRefused,
  storedWith,
} from '../../harness/index.ts'

conformance(
  {
    id: 'examples/storage-classes',
    statement:
      'The API server stores StorageClasses of any provisioner as they are written, and fills in Immediate and Delete. Their PVCs stay Pending where that driver is missing. A class of the same name with another provisioner is refused.',
    level: 'MUST',
    source: { page: 'concepts/storage/storage-classes/', section: 'storageclass-objects' },
    requires: ['DynamicProvisioning'],
    mutants: ['binding-mode-ignored'],
    proves: {
      'manifest.three-aws-classes': {
        stored: ['asked', 'three-modes', 'three-policies'],
        waits: ['asked', 'waits'],
        'other-driver': ['bound', 'run'],
      },
      'manifest.performance-classes': { stored: 'parameters', waits: ['performance-asked', 'waits'] },
      'manifest.two-binding-classes': { modes: 'two-modes' },
      'manifest.same-class-twice': { refused: 'second-refused', 'other-name': 'other-name' },
    },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, mark, sizes } = fixtures
    const kind = 'StorageClass'
    const nameOf = (written: string) => `${namespace.name}-${written}`
    const [mode, policy] = [['volumeBindingMode'], ['reclaimPolicy']]
    const awsPvcs = ['fast', 'standard', 'archive', 'performance']
    const localPvcs = ['local-fast', 'local-standard', 'local-archive']
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.storageClasses()

    await createAsWritten('three-aws-classes', fixtures)
    await createAsWritten('performance-classes', fixtures)
    await createAsWritten('two-binding-classes', fixtures)
    await applyExample('storage-classes', fixtures, { suffix: '-local' })
    await namespace.apply(pvc('fast', { cluster, size: sizes.small, storageClass: nameOf('fast-ssd') }))
    await namespace.apply(pvc('standard', { cluster, size: sizes.small, storageClass: nameOf('standard-ssd') }))
    await namespace.apply(pvc('archive', { cluster, size: sizes.small, storageClass: nameOf('archive-hdd') }))
    await namespace.apply(pvc('performance', { cluster, size: sizes.small, storageClass: nameOf('high-iops') }))
    await namespace.apply(pod('fast', { cluster, pvc: 'fast' }))
    await namespace.apply(pod('standard', { cluster, pvc: 'standard' }))
    await expect(pvcs).toReach(provisionerAsked({ pvc: 'fast', provisioner: 'ebs.csi.aws.com' }), { within: limits.pvcBound, as: 'asked' })
    await expect(pvcs).toReach(provisionerAsked({ pvc: 'standard', provisioner: 'ebs.csi.aws.com' }), {
      within: limits.pvcBound,
      as: 'asked',
    })
    await expect(pvcs).toReach(provisionerAsked({ pvc: 'archive', provisioner: 'ebs.csi.aws.com' }), {
      within: limits.pvcBound,
      as: 'asked',
    })
    await expect(pvcs).toReach(provisionerAsked({ pvc: 'performance', provisioner: 'ebs.csi.aws.com' }), {
      within: limits.pvcBound,
      as: 'performance-asked',
    })
    const asked = mark('the driver of Amazon EBS was asked for')
    await applyAsWritten('dynamic-volume', fixtures, { only: [kind] })
    await createAsWritten('dynamic-volume', fixtures, { only: [kind], suffix: '-of-another-name' })
    await namespace.apply(pvc('local-fast', { cluster, size: sizes.small, storageClass: nameOf('fast-ssd-local') }))
    await namespace.apply(pvc('local-standard', { cluster, size: sizes.small, storageClass: nameOf('standard-ssd-local') }))
    await namespace.apply(pvc('local-archive', { cluster, size: sizes.small, storageClass: nameOf('archive-hdd-local') }))
    await namespace.apply(pod('local-fast', { cluster, pvc: 'local-fast' }))
    await namespace.apply(pod('local-standard', { cluster, pvc: 'local-standard' }))
    await namespace.apply(pod('local-archive', { cluster, pvc: 'local-archive' }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: localPvcs }), { within: limits.pvcBound, as: 'bound' })
    await expect(pods).toReach(allReady({ pods: localPvcs }), { within: limits.podReady, as: 'run' })
    await expect(pvcs).toStay(pvcsIn({ pvcs: awsPvcs, phase: 'Pending' }), { for: limits.staysUnchanged, after: asked, as: 'waits' })

    const iops = { type: 'io2', iops: '10000', throughput: '500', encrypted: 'true', kmsKeyId: 'arn:aws:kms:REGION:ACCOUNT:key/KEY' }
    const [fast, archive] = [
      { kind, name: nameOf('fast-ssd') },
      { kind, name: nameOf('archive-hdd') },
    ]
    await expect(history).toUphold(storedWith({ ...fast, path: mode, value: 'WaitForFirstConsumer' }), { as: 'three-modes' })
    await expect(history).toUphold(storedWith({ ...archive, path: mode, value: 'Immediate' }), { as: 'three-modes' })
    await expect(history).toUphold(storedWith({ ...fast, path: policy, value: 'Retain' }), { as: 'three-policies' })
    await expect(history).toUphold(storedWith({ ...archive, path: policy, value: 'Delete' }), { as: 'three-policies' })
    await expect(history).toUphold(storedWith({ kind, name: nameOf('high-iops'), path: ['parameters'], value: iops }), { as: 'parameters' })
    await expect(history).toUphold(storedWith({ kind, name: nameOf('balanced'), path: ['parameters', 'throughput'], value: '125' }), {
      as: 'parameters',
    })
    await expect(history).toUphold(storedWith({ kind, name: nameOf('immediate'), path: mode, value: 'Immediate' }), { as: 'two-modes' })
    await expect(history).toUphold(storedWith({ kind, name: nameOf('wait-for-consumer'), path: mode, value: 'WaitForFirstConsumer' }), {
      as: 'two-modes',
    })
    await expect(history).toUphold(
      requestRefused({ verb: 'apply', ...fast, code: 422, fields: ['provisioner', 'reclaimPolicy', 'parameters'] }),
      { as: 'second-refused' },
    )
    await expect(history).toUphold(
      storedWith({ kind, name: nameOf('fast-ssd-of-another-name'), path: ['provisioner'], value: 'ebs.csi.aws.com' }),
      { as: 'other-name' },
    )
  },
)
