import { expect } from 'vitest'
import { capacityStays, conformance, fieldStays, podReady, requestRefused, selectorOf, statefulSet, until } from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/volume-claim-templates-immutable',
    statement:
      'The volumeClaimTemplates of a StatefulSet cannot be changed. A request for a larger size in a template is refused as a whole, and none of it is stored.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'limitations' },
    requires: ['DynamicProvisioning'],
    mutants: ['volume-claim-template-change-swallowed'],
    proves: { 'statefulset.vct-immutable': {}, 'statefulset.vct-change-silently-ignored': {} },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small })
    const { volumeClaimTemplates } = statefulSet('web', { cluster, replicas: 1, data: sizes.medium }).spec
    const pods = await observe.pods(selectorOf(web))
    await observe.statefulSets()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })

    await namespace.attempt.patch(web, { spec: { replicas: 2, volumeClaimTemplates } })

    await expect(history).toUphold(requestRefused({ verb: 'patch', kind: 'StatefulSet', name: 'web', code: 422 }))
    await expect(history).toUphold(fieldStays({ kind: 'StatefulSet', name: 'web', path: ['spec', 'replicas'], value: 1 }))
    await expect(history).toUphold(capacityStays({ pvc: 'data-web-0', capacity: sizes.small }))
  },
)
