import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './databases-equal.ts'
import type { FoundDatabase } from './shop-in.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { expected: { pod: 'db-0', label: 'before' }, actual: { pod: 'db-0', label: 'after' } }
const shop: FoundDatabase = {
  tables: { customers: { rows: 100, digest: 'c' }, orders: { rows: 5000, digest: 'o' } },
  sequences: { customers_id_seq: 100 },
  definitions: ['create index orders_by_time on orders (placed)'],
}
const none: FoundDatabase = { tables: {}, sequences: {}, definitions: [] }
const read = (label: string, value: FoundDatabase) => measured('database', label, { pod: 'db-0', value })
const before = read('before', shop)
const after = (value: FoundDatabase) => ({ params, history: historyOf(before, read('after', value)) })
const gaps = [
  { title: 'never read again', params, history: historyOf(before) },
  { title: 'never read before', params, history: historyOf(read('after', shop)) },
  { title: 'nothing to compare', params, history: historyOf(read('before', none), read('after', none)) },
]

export const databasesEqual = {
  upholds: [
    { title: 'the same', ...after(shop) },
    { title: 'a sequence is ahead', ...after({ ...shop, sequences: { customers_id_seq: 132 } }) },
  ],
  rejects: [
    { title: 'no such database', ...after(none) },
    { title: 'a table is missing', ...after({ ...shop, tables: { customers: { rows: 100, digest: 'c' } } }) },
    { title: 'rows are missing', ...after({ ...shop, tables: { ...shop.tables, orders: { rows: 4999, digest: 'p' } } }) },
    { title: 'a row differs', ...after({ ...shop, tables: { ...shop.tables, orders: { rows: 5000, digest: 'p' } } }) },
    { title: 'a table more', ...after({ ...shop, tables: { ...shop.tables, more: { rows: 0, digest: null } } }) },
    { title: 'a sequence is behind', ...after({ ...shop, sequences: { customers_id_seq: 99 } }) },
    { title: 'a sequence is missing', ...after({ ...shop, sequences: {} }) },
    { title: 'an index is missing', ...after({ ...shop, definitions: [] }) },
  ],
  gaps,
} satisfies Examples<typeof checks.databasesEqual>

export const databaseLost = {
  upholds: [
    { title: 'no such database', ...after(none) },
    { title: 'other rows', ...after({ ...shop, tables: { orders: { rows: 1, digest: 'p' } } }) },
  ],
  rejects: [{ title: 'still there', ...after(shop) }],
  gaps,
} satisfies Examples<typeof checks.databaseLost>
