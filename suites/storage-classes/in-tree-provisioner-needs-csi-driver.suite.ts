import { expect } from 'vitest'
import { conformance, provisionerAsked, pvc, pvcsIn, storageClass } from '../../harness/index.ts'

conformance(
  {
    id: 'storage-classes/in-tree-provisioner-needs-csi-driver',
    statement:
      'A StorageClass with the in-tree AWS provisioner does not provision by itself. Its PVCs ask for the CSI driver ebs.csi.aws.com and stay Pending without it.',
    level: 'MUST',
    source: { page: 'concepts/storage/volumes/', section: 'awselasticblockstore' },
    requires: [],
    mutants: ['binding-mode-ignored'],
    proves: { 'class.intree-aws-provisioner': { translated: 'asked', waits: 'waits' } },
  },
  async ({ namespace, observe, limits, cluster, mark, sizes }) => {
    const own = namespace.name
    const pvcs = await observe.pvcs()
    await namespace.apply(storageClass(own, { cluster, provisioner: 'kubernetes.io/aws-ebs', parameters: { type: 'gp3' } }))

    await namespace.apply(pvc('data', { cluster, size: sizes.small, storageClass: own }))
    const asked = provisionerAsked({ pvc: 'data', provisioner: 'ebs.csi.aws.com' })
    await expect(pvcs).toReach(asked, { within: limits.pvcBound, as: 'asked' })
    const waits = mark('the driver was asked for')
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['data'], phase: 'Pending' }), { for: limits.staysUnchanged, after: waits, as: 'waits' })
  },
)
