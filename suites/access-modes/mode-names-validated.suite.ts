import { expect } from 'vitest'
import { pvcWithModes, conformance, requestRefused, storedWith } from '../../harness/index.ts'

conformance(
  {
    id: 'access-modes/mode-names-validated',
    statement:
      'PVC access modes are written by full name: ReadWriteOnce, ReadOnlyMany, ReadWriteMany or ReadWriteOncePod. The API server refuses unknown names and ReadWriteOncePod combined with another mode.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: [],
    mutants: ['access-modes-tidied'],
    proves: {
      'access.three-modes': { fourth: ['three-kept', 'fourth-kept'] },
      'access.mode-notation': { brackets: 'brackets-refused', bare: ['three-kept', 'fourth-kept'] },
      'access.rwop-exclusive': { refused: 'mixed-refused' },
    },
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
    await namespace.attempt.create(pvcWithModes('mixed-reading', ['ReadOnlyMany', 'ReadWriteOncePod']))
    await namespace.attempt.create(pvcWithModes('mixed-many', ['ReadWriteOncePod', 'ReadWriteMany']))

    const refusal = { verb: 'create', kind, code: 422, fields: ['spec.accessModes'] } as const
    await expect(history).toUphold(requestRefused({ ...refusal, name: 'abbreviated' }), { as: 'brackets-refused' })
    await expect(history).toUphold(requestRefused({ ...refusal, name: 'invented' }))
    await expect(history).toUphold(requestRefused({ ...refusal, name: 'mixed' }), { as: 'mixed-refused' })
    await expect(history).toUphold(requestRefused({ ...refusal, name: 'mixed-reading' }), { as: 'mixed-refused' })
    await expect(history).toUphold(requestRefused({ ...refusal, name: 'mixed-many' }), { as: 'mixed-refused' })
    const three = storedWith({ kind, name: 'together', path, value: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'] })
    await expect(history).toUphold(three, { as: 'three-kept' })
    await expect(history).toUphold(storedWith({ kind, name: 'alone', path, value: ['ReadWriteOncePod'] }), { as: 'fourth-kept' })
  },
)
