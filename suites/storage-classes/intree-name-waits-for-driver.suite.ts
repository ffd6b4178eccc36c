import { expect } from 'vitest'
import { conformance, provisionerAsked, pvc, pvcsIn, storageClass } from '../../harness/index.ts'

conformance(
  {
    id: 'storage-classes/intree-name-waits-for-driver',
    statement:
      'A StorageClass with the name of the provisioner that Kubernetes once had for AWS makes nothing by itself: its claims ask for the driver ebs.csi.aws.com, and wait for it.',
    level: 'MUST',
    source: { page: 'concepts/storage/volumes/', section: 'awselasticblockstore' },
    requires: [],
    mutants: ['binding-mode-ignored'],
    proves: ['class.intree-aws-provisioner'],
  },
  async ({ namespace, observe, limits, cluster, mark }) => {
    const own = namespace.name
    const pvcs = await observe.pvcs()
    await namespace.apply(storageClass(own, { cluster, provisioner: 'kubernetes.io/aws-ebs', parameters: { type: 'gp3' } }))

    await namespace.apply(pvc('data', { cluster, size: '1Gi', storageClass: own }))
    const asked = provisionerAsked({ pvc: 'data', provisioner: 'ebs.csi.aws.com' })
    await expect(pvcs).toReach(asked, { within: limits.pvcBound })
    const waits = mark('the driver was asked for')
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['data'], phase: 'Pending' }), { for: limits.staysUnchanged, after: waits })
  },
)
