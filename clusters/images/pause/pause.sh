#!/busybox sh
# The first process of a Pod: it holds the namespaces of the Pod and reaps its orphans. Like the pause of Kubernetes it prints its version
# for -v, with which kubeadm tries a cluster before it upgrades it, and ignores all else that it is told.
for argument in "$@"; do
  case $argument in -[vV]) echo "pause $PAUSE_VERSION" && exit ;; esac
done
exec /catatonit -P
