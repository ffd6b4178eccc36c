#!/usr/bin/env bash
# Puts Holdfast on the PATH: the package, or the checkout that the action is part of.
set -euo pipefail
refuse() {
  echo "::error title=Holdfast::$1"
  exit 3
}
case "$PACKAGE" in
  '') program=$GITHUB_ACTION_PATH/../../holdfast ;;
  *://* | /* | ./*)
    npm install --global --prefix "$RUNNER_TEMP/holdfast-package" "$PACKAGE" || refuse 'npm cannot install the input package: its last lines say why.'
    program=$RUNNER_TEMP/holdfast-package/bin/holdfast
    ;;
  *) refuse 'The input package must be the tarball of "npm pack": an address, or a path that begins with / or ./' ;;
esac
mkdir -p "$RUNNER_TEMP/holdfast-bin"
ln -sfn "$(realpath "$program")" "$RUNNER_TEMP/holdfast-bin/holdfast"
echo "$RUNNER_TEMP/holdfast-bin" >>"$GITHUB_PATH"
echo "state=$(mktemp -d "$RUNNER_TEMP/holdfast-state.XXXXXX")" >>"$GITHUB_OUTPUT"
