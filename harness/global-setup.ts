import { listed, namespaces } from './evidence/bound-objects.ts'
import { removeGuaranteeResources } from './fixtures/clean-up.ts'
import { readEnvironment } from './fixtures/environment.ts'
import { keeperAnnotation } from '../contract/annotations.ts'
import { isDead } from './fixtures/keeper.ts'
import { openApi } from './kubernetes/api.ts'
import { readConnection } from './kubernetes/connection.ts'

/**
 * Before the suites: removes the namespaces, with all that belongs to them, which a run that was killed left on a cluster that stays. On clusters that
 * Holdfast did not make it removes nothing: their other users may run it on machines of which this one knows nothing.
 */
export async function setup(): Promise<void> {
  const { cluster } = readEnvironment()
  if (!cluster.features.includes('NodeControl')) return
  const api = openApi(await readConnection(cluster.kubeconfig, cluster.context))
  try {
    for (const { metadata } of await listed(api, namespaces)) {
      const keeper = metadata.annotations?.[keeperAnnotation]
      if (keeper === undefined || !isDead(keeper)) continue
      process.stdout.write(`A run that was killed left namespace ${metadata.name}: deleting it.\n`)
      const left = await removeGuaranteeResources({ api, cluster, namespace: metadata.name })
      if (left.length > 0)
        process.stdout.write(
          `${left.join(' ')} Delete what is left of ${metadata.name} with kubectl, or remove cluster ${cluster.name} with "holdfast down".\n`,
        )
    }
  } finally {
    api.close()
  }
}
