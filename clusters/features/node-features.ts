import type { V1Node } from '@kubernetes/client-node'

/**
 * Whether every node can make what is mounted below a read-only mount read-only too: that takes a kernel and a container runtime that know
 * how.
 */
export function haveRecursiveReadOnlyMounts(nodes: readonly V1Node[]): boolean {
  return nodes.every(({ status }) =>
    // The handler without a name is the one that Pods get which name none.
    status?.runtimeHandlers?.some(({ name = '', features }) => name === '' && features?.recursiveReadOnlyMounts === true),
  )
}
