#!/bin/bash
# Makes the database on the first start, as the variables MARIADB_ROOT_PASSWORD and MARIADB_DATABASE say, runs what is in
# /docker-entrypoint-initdb.d, and then becomes the server.
set -eu

if [ "${1:-}" != mariadbd ]; then exec "$@"; fi

data=/var/lib/mysql
if [ "$(id -u)" = 0 ]; then
  chown -R mysql:mysql "$data"
  exec setpriv --reuid=mysql --regid=mysql --init-groups "$0" "$@"
fi

if [ ! -d "$data/mysql" ]; then
  if [ -z "${MARIADB_ROOT_PASSWORD:-}" ]; then
    echo "The database is not initialised and no password of root is given: set MARIADB_ROOT_PASSWORD." >&2
    exit 1
  fi
  mariadb-install-db --datadir="$data" --auth-root-authentication-method=normal --skip-test-db
  "$@" --skip-networking --socket=/tmp/first-start.sock &
  server=$!
  sql() { mariadb --socket=/tmp/first-start.sock --user=root "$@"; }
  until sql --execute 'select 1' > /dev/null 2>&1; do
    kill -0 "$server" || exit 1
    sleep 0.2
  done
  {
    echo "set sql_log_bin = 0; drop user if exists 'root'@'127.0.0.1', 'root'@'::1', 'root'@'$(uname -n)';"
    if [ -n "${MARIADB_DATABASE:-}" ]; then echo "create database if not exists \`$MARIADB_DATABASE\`;"; fi
    echo "create user 'root'@'%' identified by '$MARIADB_ROOT_PASSWORD'; grant all on *.* to 'root'@'%' with grant option;"
    echo "alter user 'root'@'localhost' identified by '$MARIADB_ROOT_PASSWORD';"
  } | sql
  export MYSQL_PWD=$MARIADB_ROOT_PASSWORD
  for file in /docker-entrypoint-initdb.d/*; do
    case "$file" in
      *.sh) . "$file" ;;
      *.sql) sql ${MARIADB_DATABASE:+--database="$MARIADB_DATABASE"} < "$file" ;;
    esac
  done
  kill "$server"
  wait "$server"
  unset MYSQL_PWD
fi

exec "$@"
