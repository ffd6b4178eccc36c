#!/bin/bash
# The command line of ZooKeeper.
set -eu
class_path=/usr/share/java/zookeeper.jar:/usr/share/java/slf4j-simple.jar
exec java ${CLIENT_JVMFLAGS:-} -cp "$class_path" -Dorg.slf4j.simpleLogger.defaultLogLevel=warn org.apache.zookeeper.ZooKeeperMain "$@"
