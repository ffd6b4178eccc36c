import { expect } from 'vitest'
import {
  capacityStays,
  conformance,
  fieldStays,
  podReady,
  requestAccepted,
  requestRefused,
  selectorOf,
  statefulSet,
  until,
} from '../../harness/index.ts'

const sizeOfTemplate = ['spec', 'volumeClaimTemplates', '0', 'spec', 'resources', 'requests', 'storage']

conformance(
  {
    id: 'statefulset/volume-claim-templates-immutable',
    statement:
      'The volumeClaimTemplates of a StatefulSet cannot be changed. A request for a larger size in a template is refused as a whole, and none of it is stored.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'limitations' },
    requires: ['DynamicProvisioning'],
    mutants: ['volume-claim-template-change-swallowed'],
    proves: {
      'statefulset.vct-immutable': { refused: ['refused', 'scalable'], unchanged: 'template-stays' },
      'statefulset.vct-change-silently-ignored': { loud: 'refused', whole: ['replicas-stay', 'template-stays', 'capacity-stays'] },
      'statefulset.expand-pvcs-by-hand': { 'template-fixed': ['refused', 'template-stays', 'scalable'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small })
    const scalable = statefulSet('scalable', { cluster, replicas: 1, data: sizes.small })
    const { volumeClaimTemplates } = statefulSet('web', { cluster, replicas: 1, data: sizes.medium }).spec
    const pods = await observe.pods(selectorOf(web))
    await observe.statefulSets()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(web)
    await namespace.apply(scalable)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })

    await namespace.attempt.patch(scalable, { spec: { replicas: 2 } })
    await namespace.attempt.patch(web, { spec: { replicas: 2, volumeClaimTemplates } })

    const replicas = { kind: 'StatefulSet', name: 'web', path: ['spec', 'replicas'], value: 1 }
    const template = { kind: 'StatefulSet', name: 'web', path: sizeOfTemplate, value: sizes.small }
    const refused = requestRefused({ verb: 'patch', kind: 'StatefulSet', name: 'web', code: 422, fields: ['spec.volumeClaimTemplates'] })
    await expect(history).toUphold(refused, { as: 'refused' })
    await expect(history).toUphold(fieldStays(replicas), { as: 'replicas-stay' })
    await expect(history).toUphold(fieldStays(template), { as: 'template-stays' })
    await expect(history).toUphold(capacityStays({ pvc: 'data-web-0', capacity: sizes.small }), { as: 'capacity-stays' })
    await expect(history).toUphold(requestAccepted({ verb: 'patch', kind: 'StatefulSet', name: 'scalable' }), { as: 'scalable' })
  },
)
