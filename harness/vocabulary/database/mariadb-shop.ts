import type { MeasurementName } from '../../engine/measurement.ts'
import { mariadbDatabase } from './mariadb.ts'
import { mariadbIn, tableThere } from './mariadb-in.ts'
import type { FoundDatabase, Shop } from './shop-in.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'

/** Tables of a small shop, with all that a dump has to bring back: keys, an index, a view, a trigger, a sequence, text of every kind. */
const tables = `
create table customers (id int auto_increment primary key, name varchar(80) not null unique) character set utf8mb4;
create table orders (
  id bigint primary key, customer int not null references customers (id), amount decimal(9, 2) not null check (amount > 0), note text,
  placed datetime not null, key orders_by_time (placed, customer)) character set utf8mb4;
create view spent as select c.name, sum(o.amount) as amount from customers c join orders o on o.customer = c.id group by c.name;
create trigger lower_notes before insert on orders for each row set new.note = lower(new.note);
create sequence tickets;
do setval(tickets, 4711);
insert into customers (name) select concat('Zoë ', seq, '\\t\\'', md5(seq)) from seq_1_to_100;
insert into orders select seq, 1 + seq % 100, (1 + seq % 5000) / 100, if(seq % 7 = 0, null, repeat(md5(seq), 1 + seq % 9)),
  timestamp '2026-01-01 00:00' + interval seq minute from seq_1_to_5000`

const rowsOf = (table: string, columns: string) =>
  `select 'rows', '${table}', count(*), md5(group_concat(md5(concat_ws(',', ${columns})) order by id)) from ${table}`

/** SQL that yields a line for each table, with number and digest of its rows, and for all else that the database is made of. */
const query = `
${rowsOf('customers', 'id, quote(name)')} union all ${rowsOf('orders', 'id, customer, amount, quote(note), placed')}
union all select 'sequence', 'tickets', next_not_cached_value, '' from tickets
union all select 'definition', concat(table_name, ' ', index_name, ' ', non_unique, ' ', seq_in_index, ' ', column_name), 0, ''
  from information_schema.statistics where table_schema = '${mariadbDatabase}' and table_name in ('customers', 'orders')
union all select 'definition', concat(constraint_name, ' ', check_clause), 0, ''
  from information_schema.check_constraints where constraint_schema = '${mariadbDatabase}'
union all select 'definition', concat(constraint_name, ' ', table_name, ' ', referenced_table_name), 0, ''
  from information_schema.referential_constraints where constraint_schema = '${mariadbDatabase}'
union all select 'definition', concat(table_name, ' ', view_definition), 0, '' from information_schema.views where table_schema = '${mariadbDatabase}'
union all select 'definition', concat(trigger_name, ' ', event_manipulation, ' ', action_statement), 0, ''
  from information_schema.triggers where trigger_schema = '${mariadbDatabase}'`

/** The shop in the MariaDB server of a Pod. What was read of it is kept in the history, outside the volume. */
export function mariadbShopIn(pod: string, fixtures: DataFixtures): Shop {
  const server = mariadbIn(pod, fixtures)
  return {
    make: async () => void (await server.run(tables)),
    async read(label): Promise<MeasurementName> {
      const there = await tableThere(pod, fixtures, 'orders')
      return workloadIn(pod, fixtures).keep('database', label, foundDatabase(there ? await server.run(query) : ''))
    },
  }
}

/** Makes of such lines what was found of a database. */
export function foundDatabase(said: string): FoundDatabase {
  const lines = said
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
  const of = (kind: string) => lines.filter(([first]) => first === kind)
  return {
    tables: Object.fromEntries(of('rows').map(([, name = '', rows, digest = null]) => [name, { rows: Number(rows), digest }])),
    sequences: Object.fromEntries(of('sequence').map(([, name = '', last]) => [name, Number(last)])),
    definitions: of('definition')
      .map(([, definition = '']) => definition)
      .toSorted(),
  }
}
