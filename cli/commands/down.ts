import type { Command } from 'commander'
import type { ClusterSummary } from '../../clusters/index.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

/** `holdfast down [names…]`: removes clusters. */
export function down(): Command {
  return strictCommand({ name: 'down', summary: 'remove clusters made by "holdfast up"' })
    .option('--force', 'remove a cluster that a run uses')
    .argument('[names...]', 'clusters to remove; optional when there is only one')
    .action(async (names: string[], { force = false }: { readonly force?: boolean }) => {
      const { deleteCluster, listClusters, refuseInUse } = await import('../../clusters/index.ts')
      const { requireCluster } = await import('../run/acquired-cluster.ts')
      const chosen = names.length === 0 ? [onlyOne(await listClusters())] : names
      for (const name of chosen) await requireCluster(name)
      if (!force) for (const name of chosen) await refuseInUse(name)
      for (const name of chosen) {
        await deleteCluster(name, { log })
        log(`Deleted cluster ${name}.`)
      }
    })
}

/** The only cluster that was made from here. One that was made elsewhere must be named. */
function onlyOne(clusters: readonly ClusterSummary[]): string {
  const here = clusters.filter(({ isHere }) => isHere)
  const [first] = here
  if (first !== undefined && here.length === 1) return first.name
  const names = (here.length > 1 ? here : clusters).map(({ name }) => name).join(', ')
  const fix = clusters.length === 0 ? 'Create one with "holdfast up".' : `Name one of ${names}.`
  throw new UsageError(`${here.length} clusters were created on this machine, so it is not clear which one to delete.`, { fix })
}
