/** Tables of a small shop, with all that a dump has to bring back: keys, an index, a view, a sequence, text of every kind. */
export const shopTables = `
create table customers (id serial primary key, name text not null unique);
create table orders (
  id bigint primary key, customer int not null references customers, amount numeric(9, 2) not null check (amount > 0), note text, placed timestamptz not null);
create index orders_by_time on orders (placed, customer);
create view spent as select c.name, sum(o.amount) as amount from customers c join orders o on o.customer = c.id group by c.name;
insert into customers (name) select 'Zoë ' || n || e'\\t\\'' || md5(n::text) from generate_series(1, 100) n;
insert into orders select n, 1 + n % 100, (1 + n % 5000) / 100.0, case n % 7 when 0 then null else repeat(md5(n::text), 1 + n % 9) end,
  timestamptz '2026-01-01 00:00Z' + n * interval '1 minute' from generate_series(1, 5000) n;`

/** SQL that yields, as JSON, the rows of every table by number and digest, and what else a database is made of. */
export const databaseQuery = `
with content as (
  select t.table_name as name, query_to_xml(
    format('select count(*) as rows, md5(string_agg(r::text, chr(10) order by r::text)) as digest from %I r', t.table_name), true, true, '') as found
  from information_schema.tables t where t.table_schema = 'public' and t.table_type = 'BASE TABLE'),
definition (text) as (
  select indexdef from pg_indexes where schemaname = 'public'
  union all select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
  union all select viewname || definition from pg_views where schemaname = 'public')
select json_build_object(
  'tables', (select coalesce(json_object_agg(name, json_build_object(
    'rows', (xpath('//rows/text()', found))[1]::text::int, 'digest', (xpath('//digest/text()', found))[1]::text)), '{}') from content),
  'sequences', (select coalesce(json_object_agg(sequencename, coalesce(last_value, 0)), '{}') from pg_sequences where schemaname = 'public'),
  'definitions', (select coalesce(json_agg(text order by text), '[]') from definition))`
