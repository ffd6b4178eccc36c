/** Directory of the client's own file system in which the writer keeps what was acknowledged to it. */
export const counterDirectory = '/tmp/counter'

/** Database of the counter, in a directory of its own. */
export const counterDatabase = 'counter'

/** Tables of the counter. `total` holds the last number too: each statement changes both, or neither. */
export const counterTables = `
create table counter (n bigint primary key, payload text not null);
create table total (n bigint not null);
insert into total values (0);`

/** SQL that yields, as JSON, what is there of the counter. A number is damaged when its row is not as it was written. */
export const counterQuery = `
select json_build_object(
  'first', coalesce(min(n), 0), 'last', coalesce(max(n), 0), 'rows', count(*), 'total', (select max(n) from total),
  'damaged', count(*) filter (where payload <> repeat(md5(n::text), (1 + n % 8)::int))) from counter`

/**
 * Commits number after number until the file \`stop\` is there, each begun once the one before was acknowledged, over one session for as
 * long as the server keeps it, with a pause of 5 ms between two. A number whose acknowledgement was cut off is written again: that it is
 * there already is no error. After every 50 it has the server write everything to its tables. Says so once the first is acknowledged.
 */
export const counterScript = `
trap '' PIPE
mkdir -p ${counterDirectory} && cd ${counterDirectory} && echo $$ > process
exec {never}<> <(:)
n=1
while [ ! -e stop ]; do
  coproc SESSION { exec psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --dbname ${counterDatabase} 2>> errors; }
  to=\${SESSION[1]:-} from=\${SESSION[0]:-}
  while [ -n "$to" ] && [ ! -e stop ]; do
    printf '%s\\n' "with kept as (insert into counter values ($n, repeat(md5('$n'), $((1 + n % 8)))) on conflict do nothing)
      update total set n = greatest(n, $n);" "\\\\echo $n" >&$to || break
    [ $((n % 50)) != 0 ] || echo 'checkpoint;' >&$to || break
    read -r answer <&$from && [ "$answer" = $n ] || break
    echo $n >> acknowledged
    [ $n != 1 ] || echo writing
    n=$((n + 1))
    read -r -t 0.005 -u $never
  done 2>> errors
  [ -z "$to" ] || exec {to}>&- {from}<&-
  wait
  [ -e stop ] || sleep 0.1
done
`

/** Starts the writer, its script given as the first argument, and ends once the first number is acknowledged. */
export const startCounter = 'head -n 1 < <(exec setsid bash -c "$1" < /dev/null 2> /dev/null)'

/** Says the last number that was acknowledged. */
export const counterPosition = `tail -n 1 ${counterDirectory}/acknowledged`

/** Says a number that is acknowledged after this began, or nothing when for 20 s there was none. */
export const counterProgress = `
cd ${counterDirectory} && timeout 20 tail --follow --lines "+$(($(wc --lines < acknowledged) + 1))" acknowledged | head -n 1`

/** Has the writer end after the number under way, and says the last one that was acknowledged. */
export const stopCounter = `
cd ${counterDirectory} && touch stop && tail --follow /dev/null --sleep-interval 0.05 --pid "$(cat process)" && ${counterPosition}`
