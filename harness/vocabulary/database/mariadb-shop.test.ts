import { expect, test } from 'vitest'
import { foundDatabase } from './mariadb-shop.ts'

test('Lines of a server become tables, sequences and definitions in order', () => {
  const said = ['rows\torders\t5000\tabc', 'sequence\ttickets\t4712\t', 'definition\tspent\t0\t', 'definition\tan index\t0\t'].join('\n')

  expect(foundDatabase(said)).toStrictEqual({
    tables: { orders: { rows: 5000, digest: 'abc' } },
    sequences: { tickets: 4712 },
    definitions: ['an index', 'spent'],
  })
})

test('A server without the tables has nothing', () => {
  expect(foundDatabase('')).toStrictEqual({ tables: {}, sequences: {}, definitions: [] })
})
