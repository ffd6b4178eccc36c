const table = 'holdfast-partition'

/** Network interface by which the container of a node reaches all other machines. Pods of the node have interfaces of their own. */
const outside = 'eth0'

const drop = ({ hook, side }: { readonly hook: string; readonly side: 'iifname' | 'oifname' }) =>
  `add chain inet ${table} ${hook} { type filter hook ${hook} priority -450; }; add rule inet ${table} ${hook} ${side} ${outside} drop`

/**
 * Command with which a node cuts its own network off, all at once: what comes from other machines and what goes to them is dropped without
 * an answer, on connections that are open too. Whatever runs on the node goes on. A restart of the node ends it.
 */
export const cutNetwork: readonly string[] = [
  'nft',
  [
    `add table inet ${table}`,
    drop({ hook: 'prerouting', side: 'iifname' }),
    drop({ hook: 'output', side: 'oifname' }),
    drop({ hook: 'forward', side: 'oifname' }),
  ].join('; '),
]

/** Command with which a node ends what `cutNetwork` did. It may run where nothing was cut. */
export const joinNetwork: readonly string[] = ['nft', `add table inet ${table}; delete table inet ${table}`]

/** Command that prints what `isCut` looks at. */
export const listCuts: readonly string[] = ['nft', 'list', 'tables']

/** Whether a node has cut its network off, by what `listCuts` printed there. */
export function isCut(printed: string): boolean {
  return printed.split('\n').includes(`table inet ${table}`)
}
