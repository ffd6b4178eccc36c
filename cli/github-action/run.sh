#!/usr/bin/env bash
# Runs Holdfast and shows its output. A job that is cancelled or out of time has ten seconds for this: the signal is passed on, and the next
# step waits for the end.
set -euo pipefail
mapfile -d '' -t arguments <"$STATE/arguments"
: >"$STATE/log"
# What a cluster says is printed, and is no command to the runner.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
stop() {
  if [ -n "${run:-}" ]; then kill -TERM -- "-$run" || true; fi
  if [ -n "${follow:-}" ]; then kill "$follow" || true; fi
  echo "::$token::"
  exit 143
}
# Before anything is printed: whoever reads it may stop this at once.
trap stop INT TERM HUP
setsid bash -c '
  trap : INT TERM HUP
  code=0
  "$@" >"$STATE/log" 2>&1 </dev/null || code=$?
  echo "$code" >"$STATE/exit-code"
' bash holdfast run "${arguments[@]}" &
run=$!
echo 'began=true' >>"$GITHUB_OUTPUT"
echo "$run" >"$STATE/pid"
echo "::stop-commands::$token"
tail -n +1 --follow --pid="$run" "$STATE/log" &
follow=$!
wait "$follow" || true
wait "$run" || true
echo "::$token::"
