#!/usr/bin/env bash
# Writes the arguments of "holdfast run" into $STATE/arguments, each ended by a NUL, so that every text stays one argument.
set -euo pipefail
refuse() {
  echo "::error title=Holdfast::$1"
  exit 3
}
[[ $MINUTES =~ ^([1-9][0-9]{0,3})?$ ]] || refuse 'The input minutes must be a whole number from 1 to 9999.'
[[ $ACCEPT =~ ^([12](\ [12])?)?$ ]] || refuse 'The input accept must be 1, 2 or "1 2".'
arguments=()
flag() { if [ -n "$2" ]; then arguments+=("$1=$2"); fi; }
flag --profile "$PROFILE"
flag --kubernetes "$KUBERNETES"
flag --config "$SETTINGS"
flag --kubeconfig "$KUBECONFIG_FILE"
flag --baseline "$BASELINE"
flag --known-failures "$KNOWN_FAILURES"
flag --stop-after "$MINUTES"
while IFS= read -r line; do
  if [ -n "$line" ]; then arguments+=("$line"); fi
done <<<"$ARGUMENTS"
read -r -d '' -a names <<<"$NAMES" || true
if [ "${#names[@]}" -gt 0 ]; then arguments+=(-- "${names[@]}"); fi
if [ "${#arguments[@]}" -gt 0 ]; then printf '%s\0' "${arguments[@]}"; fi >"$STATE/arguments"
