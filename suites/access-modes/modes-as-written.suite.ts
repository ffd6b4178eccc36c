import { expect } from 'vitest'
import { pvcWithModes, conformance, requestRefused, storedWith } from '../../harness/index.ts'

conformance(
  {
    id: 'access-modes/modes-as-written',
    statement:
      'There are four access modes, each written by its full name: ReadWriteOnce, ReadOnlyMany, ReadWriteMany and ReadWriteOncePod, which stands alone. A claim with an abbreviation in brackets, an unknown mode or ReadWriteOncePod beside another is refused.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: [],
    mutants: ['access-modes-tidied'],
    proves: ['access.three-modes', 'access.mode-notation', 'access.rwop-exclusive', 'access.rwop-since-1-29'],
  },
  async ({ namespace, observe, history }) => {
    const kind = 'PersistentVolumeClaim'
    const path = ['spec', 'accessModes']
    await observe.pvcs()

    await namespace.apply(pvcWithModes('together', ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany']))
    await namespace.apply(pvcWithModes('alone', ['ReadWriteOncePod']))
    await namespace.attempt.create(pvcWithModes('abbreviated', ['ReadWriteOnce (RWO)']))
    await namespace.attempt.create(pvcWithModes('invented', ['ReadWriteTwice']))
    await namespace.attempt.create(pvcWithModes('mixed', ['ReadWriteOncePod', 'ReadWriteOnce']))

    await expect(history).toUphold(requestRefused({ verb: 'create', kind, name: 'abbreviated', code: 422 }))
    await expect(history).toUphold(requestRefused({ verb: 'create', kind, name: 'invented', code: 422 }))
    await expect(history).toUphold(requestRefused({ verb: 'create', kind, name: 'mixed', code: 422 }))
    await expect(history).toUphold(storedWith({ kind, name: 'together', path, value: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'] }))
    await expect(history).toUphold(storedWith({ kind, name: 'alone', path, value: ['ReadWriteOncePod'] }))
  },
)
