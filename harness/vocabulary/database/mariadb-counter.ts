import type { MeasurementName } from '../../engine/measurement.ts'
import { type Counter, counterOn, type FoundCounter, noCounter } from './counter-in.ts'
import { counterDirectory } from './counter-script.ts'
import { mariadbDatabase, mariadbPassword } from './mariadb.ts'
import { mariadbIn, tableThere } from './mariadb-in.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'

/** Tables of the counter, as a PostgreSQL server has them: each transaction changes both, or neither. */
const tables = `
create table counter (n bigint primary key, payload text not null);
create table total (n bigint not null primary key);
insert into total values (0)`

/** SQL that yields, as JSON, what is there of the counter. A number is damaged when its row is not as it was written. */
const query = `
select json_object(
  'first', coalesce(min(n), 0), 'last', coalesce(max(n), 0), 'rows', count(*), 'total', (select max(n) from total),
  'damaged', count(if(payload = repeat(md5(n), 1 + n % 8), null, 1))) from counter`

/**
 * Commits number after number, in a transaction each, until the file `stop` is there or the session ends. Each is begun once the one
 * before was acknowledged, after a pause of 5 ms. Says so once the first is acknowledged.
 */
const script = `
trap '' PIPE
mkdir -p ${counterDirectory} && cd ${counterDirectory} && echo $$ > process
exec {never}<> <(:) 2>> errors
coproc SESSION { MYSQL_PWD="$${mariadbPassword}" exec mariadb --host "$HOSTNAME" --user root --database ${mariadbDatabase} \\
  --batch --unbuffered --skip-column-names 2>> errors; }
to=\${SESSION[1]} from=\${SESSION[0]}
n=1
while [ ! -e stop ]; do
  printf '%s\\n' "begin; insert into counter values ($n, repeat(md5($n), 1 + $n % 8)); update total set n = $n; commit; select $n;" >&$to || break
  read -r answer <&$from && [ "$answer" = $n ] || break
  echo $n >> acknowledged
  [ $n != 1 ] || echo writing
  n=$((n + 1))
  read -r -t 0.005 -u $never
done
`

/** The counter in the Pod of the MariaDB server itself, outside of its volume: it ends with the container. */
export function mariadbCounterIn(pod: string, fixtures: DataFixtures): Counter {
  return counterOn(pod, fixtures, { script, makeTables: async (server) => mariadbIn(server, fixtures).run(tables) })
}

/** Reads what the MariaDB server of a Pod has of a counter. */
export async function readMariadbCounter(pod: string, fixtures: DataFixtures, label: string): Promise<MeasurementName> {
  const there = await tableThere(pod, fixtures, 'counter')
  const found = there ? (JSON.parse(await mariadbIn(pod, fixtures).run(query)) as FoundCounter) : noCounter
  return workloadIn(pod, fixtures).keep('counter', label, found)
}
