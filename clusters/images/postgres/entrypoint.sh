#!/bin/sh
# Makes the database cluster on the first start, as the variables POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB and POSTGRES_INITDB_ARGS
# say, runs what is in /docker-entrypoint-initdb.d, and then becomes the server.
set -eu

if [ "${1:-}" != postgres ]; then exec "$@"; fi

if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  chmod 0700 "$PGDATA"
  chown -R postgres:postgres "$PGDATA"
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  if [ -z "${POSTGRES_PASSWORD:-}" ] && [ "${POSTGRES_HOST_AUTH_METHOD:-}" != trust ]; then
    echo "The database is not initialised and no superuser password is given: set POSTGRES_PASSWORD, or POSTGRES_HOST_AUTH_METHOD=trust." >&2
    exit 1
  fi
  user=${POSTGRES_USER:-postgres}
  password=$(mktemp)
  printf '%s\n' "${POSTGRES_PASSWORD:-}" > "$password"
  # shellcheck disable=SC2086
  initdb --username="$user" ${POSTGRES_PASSWORD:+--pwfile="$password"} ${POSTGRES_INITDB_ARGS:-}
  rm -f "$password"
  printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >> "$PGDATA/pg_hba.conf"
  pg_ctl --wait --options="-c listen_addresses=''" start
  if [ "${POSTGRES_DB:-$user}" != postgres ]; then
    psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$user" --dbname postgres --set db="${POSTGRES_DB:-$user}" <<'SQL'
create database :"db";
SQL
  fi
  for file in /docker-entrypoint-initdb.d/*; do
    case "$file" in
      *.sh) . "$file" ;;
      *.sql) psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$user" --dbname "${POSTGRES_DB:-$user}" --file "$file" ;;
    esac
  done
  pg_ctl --mode=fast --wait stop
fi

exec "$@" -c listen_addresses="${POSTGRES_LISTEN_ADDRESSES:-*}"
