#!/bin/bash
# Starts a ZooKeeper server by a configuration file, or says its version.
set -eu

# The archive names all others that it needs, but for one by which it logs.
run() { exec java ${JVMFLAGS:-} -cp /usr/share/java/zookeeper.jar:/usr/share/java/slf4j-simple.jar "$@"; }

case "${1:-}" in
  start-foreground) run ${SERVER_JVMFLAGS:-} org.apache.zookeeper.server.quorum.QuorumPeerMain "${2:-/conf/zoo.cfg}" ;;
  version) run org.apache.zookeeper.version.VersionInfoMain ;;
  *) echo "use zkServer.sh start-foreground <file>, or zkServer.sh version" >&2; exit 2 ;;
esac
