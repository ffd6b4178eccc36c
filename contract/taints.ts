/** Key of the taint that a suite gives a node, with the name of the node as its value. */
export const reservedTaint = 'holdfast.dev/kept-free'

/**
 * Key of the taint with which a suite says that a node is off and stays so for now, with the name of the node as its value: that tells it
 * from one that somebody else gave. See
 * https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#non-graceful-node-shutdown
 */
export const outOfServiceTaint = 'node.kubernetes.io/out-of-service'
