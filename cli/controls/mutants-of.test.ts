import { expect, test } from 'vitest'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { mutantsOf, supported } from './mutants-of.ts'

function guarantee(id: Guarantee['id'], more: Partial<Guarantee>): Guarantee {
  const source = { page: 'concepts/', section: '' }
  return { id, statement: 'It is so.', level: 'MUST', source, requires: [], mutants: [], proves: [], ...more }
}

const mongo = guarantee('app/mongo', { requires: ['MongoDB'], mutants: ['members-start-alone'] })
const etcd = guarantee('app/etcd', { requires: ['Etcd'], mutants: ['members-start-alone', 'fsync-lies'] })

test('each mutant comes with the guarantees that name it', () => {
  expect([...mutantsOf([mongo, etcd])].map(([name, some]) => [name, some.length])).toEqual([
    ['fsync-lies', 1],
    ['members-start-alone', 2],
  ])
})

test('a guarantee that the cluster does not support is shown nothing by a mutant', () => {
  expect(supported([mongo, etcd], ['Etcd'])).toEqual([etcd])
  expect(supported([mongo, etcd], ['Etcd', 'MongoDB'])).toEqual([mongo, etcd])
})
