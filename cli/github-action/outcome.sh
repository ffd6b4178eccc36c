#!/usr/bin/env bash
# Waits for a run that was told to stop, and says what has become of it.
set -euo pipefail
if [ ! -s "$STATE/exit-code" ]; then
  token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  echo "::stop-commands::$token"
  timeout 240 tail -n 10 --follow --pid="$(cat "$STATE/pid")" "$STATE/log" || true
  echo "::$token::"
fi
code=
if [ -s "$STATE/exit-code" ]; then code=$(cat "$STATE/exit-code"); fi
# The first such line is by Holdfast; what clusters say comes after it.
directory=$(sed -n '/^Run [^ ]*: .*; evidence goes to .*\.$/{s/^Run [^ ]*: .*; evidence goes to \(.*\)\.$/\1/p;q}' "$STATE/log")
result=
if [ -n "$directory" ] && [ -s "$directory/report.json" ]; then
  result=$(node -p 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8")).result' "$directory/report.json")
fi
printf '%s\n' "exit-code=$code" "directory=$directory" "result=$result" >>"$GITHUB_OUTPUT"
