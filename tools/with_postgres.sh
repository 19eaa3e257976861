#!/usr/bin/env bash
# Runs a command beside a PostgreSQL server of its own: a fresh cluster in a temporary folder, on a free port of the
# loopback, ended with the command. Installs Debian's package where the server is missing.
set -euo pipefail

find_server() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }

bin=$(find_server)
if [ -z "$bin" ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
  bin=$(find_server)
fi

folder=$(mktemp -d /tmp/langso-postgres.XXXXXX)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as_server() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$folder"

end() {
  as_server "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap end EXIT

as_server "$bin/initdb" -D "$folder/data" -U langso -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
# A test server may forget everything at a power cut: durability is tested elsewhere, on purpose.
as_server "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=${LANGSO_TEST_FSYNC:-off} -c max_connections=200 ${LANGSO_TEST_POSTGRES:-}" start >/dev/null
as_server "$bin/createdb" -h 127.0.0.1 -p "$port" -U langso langso
export DATABASE_URL="postgres://langso@127.0.0.1:$port/langso"
"$@"
