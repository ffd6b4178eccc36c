#!/bin/sh
# Applies /kind/holdfast/routes, one line each: "<pod CIDR> <node address>" is a route, "masquerade <network of all Pods>" lets Pods reach what is
# outside their network, which knows no way back to them, under the address of their node.
set -eu
[ -e /kind/holdfast/routes ] || exit 0
while read -r first second; do
  if [ "$first" = masquerade ]; then
    set -- POSTROUTING --source "$second" ! --destination "$second" --jump MASQUERADE
    iptables --table nat --check "$@" 2> /dev/null || iptables --table nat --append "$@"
  else
    ip route replace "$first" via "$second"
  fi
done < /kind/holdfast/routes
