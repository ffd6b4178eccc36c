/** The key by which suites tell zones. */
export const zoneKey = 'topology.kubernetes.io/zone'

const ofNode: ReadonlySet<string> = new Set(['host', 'hostname', 'node', 'nodeid', 'nodename'])

/** The topology key that every node has a value of its own for, such as `kubernetes.io/hostname`; undefined when none looks like it. */
export function nodeKey(keys: readonly string[]): string | undefined {
  return keys.find((key) => ofNode.has((key.split('/').at(-1) ?? key).toLowerCase().replaceAll(/[-_]/g, '')))
}
