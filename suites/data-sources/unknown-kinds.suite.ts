import { expect } from 'vitest'
import {
  conformance,
  pod,
  podReady,
  pvc,
  pvcPresent,
  pvcsIn,
  requestAccepted,
  requestRefused,
  storedWith,
  until,
  volumeEmpty,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'data-sources/unknown-kinds',
    statement:
      'A dataSource of an unknown kind is silently dropped, and the volume is empty. A dataSourceRef to an unknown kind is kept, and the PVC waits. Core kinds other than PVC are refused.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'data-source-references' },
    requires: ['DynamicProvisioning'],
    mutants: ['data-source-referred', 'data-source-forgotten'],
    proves: {
      'datasource.unknown-dropped': {
        dropped: ['dropped', 'empty'],
        'without-error': 'accepted',
        'ref-kept': ['kept', 'kept-waits'],
      },
    },
    since: '1.24',
    gate: 'AnyVolumeDataSource',
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const recipe = { apiGroup: 'example.com', kind: 'Recipe', name: 'cake' }
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()

    await namespace.attempt.apply(pvc('core', { cluster, size: sizes.small, dataSourceRef: { kind: 'ConfigMap', name: 'cake' } }))
    await namespace.apply(pvc('dropped', { cluster, size: sizes.small, dataSource: recipe }))
    await namespace.apply(pvc('kept', { cluster, size: sizes.small, dataSourceRef: recipe }))
    await until(pvcs, pvcPresent({ pvc: 'kept' }), { within: limits.pvcBound })
    await until(pvcs, pvcPresent({ pvc: 'dropped' }), { within: limits.pvcBound })
    const created = mark('all PVCs created')
    await expect(history).toUphold(
      storedWith({ kind: 'PersistentVolumeClaim', name: 'dropped', path: ['spec', 'dataSource'], value: null }),
      { as: 'dropped' },
    )
    await expect(history).toUphold(
      storedWith({ kind: 'PersistentVolumeClaim', name: 'kept', path: ['spec', 'dataSourceRef'], value: recipe }),
      { as: 'kept' },
    )
    await namespace.apply(pod('reader', { cluster, pvc: 'dropped' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['kept'], phase: 'Pending' }), {
      for: limits.staysUnchanged,
      after: created,
      as: 'kept-waits',
    })

    const found = await volumeIn('reader', { namespace, measure }).readTree('as it was made')
    await expect(history).toUphold(volumeEmpty({ found }), { as: 'empty' })
    await expect(history).toUphold(requestAccepted({ verb: 'apply', kind: 'PersistentVolumeClaim', name: 'dropped' }), { as: 'accepted' })
    await expect(history).toUphold(
      requestRefused({ verb: 'apply', kind: 'PersistentVolumeClaim', name: 'core', code: 422, fields: ['spec.dataSourceRef'] }),
    )
  },
)
