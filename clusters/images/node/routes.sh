#!/bin/sh
# Adds one route per line of /kind/holdfast/routes: "<pod CIDR> <node address>".
set -eu
[ -e /kind/holdfast/routes ] || exit 0
while read -r cidr address; do ip route replace "$cidr" via "$address"; done < /kind/holdfast/routes
