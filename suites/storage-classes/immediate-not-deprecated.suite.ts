import { expect } from 'vitest'
import { conformance, premise, requestNotWarned, requestWarned, storageClass, storedWith } from '../../harness/index.ts'

conformance(
  {
    id: 'storage-classes/immediate-not-deprecated',
    statement:
      'Immediate is a supported mode: the API server accepts a StorageClass that names it, or no mode at all, without a warning, and warns of another class for a key that is deprecated.',
    level: 'MAY',
    source: { page: 'concepts/storage/storage-classes/', section: 'volume-binding-mode' },
    requires: [],
    mutants: ['classes-wait'],
    proves: { 'topology.immediate-legacy': { 'not-deprecated': ['stored', 'no-warning'] } },
  },
  async ({ namespace, observe, history, cluster }) => {
    const [implied, named, old] = [`${namespace.name}-implied`, `${namespace.name}-named`, `${namespace.name}-old`] as const
    const applied = { verb: 'apply', kind: 'StorageClass' }
    const path = ['volumeBindingMode']
    const byOldKey = { matchLabelExpressions: [{ key: 'failure-domain.beta.kubernetes.io/zone', values: ['anywhere'] }] }
    const deprecated = { ...storageClass(old, { cluster }), allowedTopologies: [byOldKey] }
    await observe.storageClasses()

    await namespace.apply(storageClass(implied, { cluster: { ...cluster, bindingMode: 'Immediate' } }))
    await namespace.apply(storageClass(named, { cluster, volumeBindingMode: 'Immediate' }))
    await namespace.apply(deprecated)

    await premise(history, requestWarned({ ...applied, name: old, says: 'deprecated' }))
    await expect(history).toUphold(storedWith({ kind: 'StorageClass', name: implied, path, value: 'Immediate' }), { as: 'stored' })
    await expect(history).toUphold(storedWith({ kind: 'StorageClass', name: named, path, value: 'Immediate' }), { as: 'stored' })
    await expect(history).toUphold(requestNotWarned({ ...applied, name: implied }), { as: 'no-warning' })
    await expect(history).toUphold(requestNotWarned({ ...applied, name: named }), { as: 'no-warning' })
  },
)
