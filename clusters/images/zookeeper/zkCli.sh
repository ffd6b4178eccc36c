#!/bin/bash
# The command line of ZooKeeper.
set -eu
exec java ${CLIENT_JVMFLAGS:-} -cp '/usr/share/java/*' org.apache.zookeeper.ZooKeeperMain "$@"
