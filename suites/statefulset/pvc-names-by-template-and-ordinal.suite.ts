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
    proves: {
      'statefulset.pvc-per-pod': { own: ['by-template', 'own-volumes'], named: 'by-template' },
      'statefulset.mongo-pvc-names': { names: 'of-the-example', size: 'of-the-example' },
      'statefulset.vs-deployment': { storage: ['by-template', 'own-volumes'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const template = 'mongodb-persistent-storage'
    const web = statefulSet('web', { cluster, replicas: 3, data: sizes.small, podManagement: 'Parallel' })
    const mongodb = statefulSet('mongodb', { cluster, replicas: 3, data: sizes.large, pvcTemplate: template, podManagement: 'Parallel' })
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()

    await namespace.apply(web)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })
    const named = pvcsByTemplate({ template: 'data', size: sizes.small, pods: ['web-0', 'web-1', 'web-2'] })
    await expect(history).toUphold(named, { as: 'by-template' })
    await expect(history).toUphold(differentVolumes({ pvcs: ['data-web-0', 'data-web-1', 'data-web-2'] }), { as: 'own-volumes' })
    await namespace.apply(mongodb)
    await until(pods, podPresent({ pod: 'mongodb-0' }), { within: limits.podReady })
    await until(pods, podPresent({ pod: 'mongodb-1' }), { within: limits.podReady })
    await until(pods, podPresent({ pod: 'mongodb-2' }), { within: limits.podReady })

    const ofTheExample = pvcsByTemplate({ template, size: sizes.large, pods: ['mongodb-0', 'mongodb-1', 'mongodb-2'] })
    await expect(history).toUphold(ofTheExample, { as: 'of-the-example' })
  },
)
