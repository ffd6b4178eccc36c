import type { Command } from 'commander'
import type { ClusterSummary } from '../clusters/index.ts'
import { say } from './say.ts'
import { strictCommand } from './strict-command.ts'
import { UsageError } from './usage-error.ts'

/** `holdfast down [names…]`: removes clusters. */
export function down(): Command {
  return strictCommand({ name: 'down', summary: 'remove clusters made by "holdfast up"' })
    .argument('[names...]', 'clusters to remove; may be left out when there is only one')
    .action(async (names: string[]) => {
      const { deleteCluster, listClusters } = await import('../clusters/index.ts')
      const { requireCluster } = await import('./held-cluster.ts')
      const chosen = names.length === 0 ? [onlyOne(await listClusters())] : names
      for (const name of chosen) await requireCluster(name)
      for (const name of chosen) {
        await deleteCluster(name, { say })
        say(`Cluster ${name} is gone.`)
      }
    })
}

function onlyOne(clusters: readonly ClusterSummary[]): string {
  const [first] = clusters
  // One that was made elsewhere must be named.
  if (first?.isHere === true && clusters.length === 1) return first.name
  if (first !== undefined && clusters.length === 1) {
    throw new UsageError(`The only cluster, ${first.name}, was not made from here.`, { fix: `Name it: holdfast down ${first.name}` })
  }
  const fix = clusters.length === 0 ? 'Make one with "holdfast up".' : `Name one of ${clusters.map(({ name }) => name).join(', ')}.`
  throw new UsageError(`There are ${clusters.length} clusters, so it is not clear which to remove.`, { fix })
}
