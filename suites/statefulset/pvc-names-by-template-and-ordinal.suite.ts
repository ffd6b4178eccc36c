import { expect } from 'vitest'
import { pvcsByTemplate, conformance, differentVolumes, podPresent, podsReady, statefulSet, until } from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/pvc-names-by-template-and-ordinal',
    statement:
      'Each Pod of a StatefulSet has a PVC of its own, named after the template, the StatefulSet and the ordinal. The PVC has the size of the template.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'stable-storage' },
    requires: ['DynamicProvisioning'],
    mutants: ['volume-claim-templates-dropped'],
    proves: { 'statefulset.pvc-per-pod': {}, 'statefulset.mongo-pvc-names': {} },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const template = 'mongodb-persistent-storage'
    const web = statefulSet('web', { cluster, replicas: 2, data: sizes.small })
    const mongodb = statefulSet('mongodb', { cluster, replicas: 3, data: sizes.large, pvcTemplate: template, podManagement: 'Parallel' })
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()

    await namespace.apply(web)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetReady })
    await expect(history).toUphold(pvcsByTemplate({ template: 'data', size: sizes.small, pods: ['web-0', 'web-1'] }))
    await expect(history).toUphold(differentVolumes({ pvcs: ['data-web-0', 'data-web-1'] }))
    await namespace.apply(mongodb)
    await until(pods, podPresent({ pod: 'mongodb-0' }), { within: limits.podReady })
    await until(pods, podPresent({ pod: 'mongodb-1' }), { within: limits.podReady })
    await until(pods, podPresent({ pod: 'mongodb-2' }), { within: limits.podReady })

    await expect(history).toUphold(pvcsByTemplate({ template, size: sizes.large, pods: ['mongodb-0', 'mongodb-1', 'mongodb-2'] }))
  },
)
