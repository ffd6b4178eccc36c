import { ownerAnnotation } from '../contract/annotations.ts'
import { describeOwner, livenessOf, parseOwner } from '../contract/owner.ts'
import { listed, namespaces } from './evidence/bound-objects.ts'
import { removeGuaranteeResources } from './fixtures/clean-up.ts'
import { type Environment, readEnvironment } from './fixtures/environment.ts'
import { type KubernetesApi, openApi } from './kubernetes/api.ts'
import { readConnection } from './kubernetes/connection.ts'

/** Vitest calls it before the suites. */
export async function setup(): Promise<void> {
  const { cluster } = readEnvironment()
  const api = openApi(await readConnection(cluster.kubeconfig, cluster.context))
  try {
    await sweepAbandonedNamespaces({ api, cluster, print: (line) => process.stdout.write(`${line}\n`) })
  } finally {
    api.close()
  }
}

/**
 * Deletes the namespaces, with all that belongs to them, which a run that was killed left on a cluster that stays. It deletes those alone whose
 * process provably runs no more; of others that may be abandoned it prints how to delete them. What cannot be deleted does not stop the run.
 */
export async function sweepAbandonedNamespaces(options: {
  readonly api: KubernetesApi
  readonly cluster: Environment['cluster']
  readonly print: (line: string) => void
}): Promise<void> {
  const { api, cluster, print } = options
  for (const { metadata } of await listed(api, namespaces)) {
    const text = metadata.annotations?.[ownerAnnotation]
    if (text === undefined) continue
    const owner = parseOwner(text)
    const liveness = livenessOf(owner)
    const byHand = `kubectl delete namespace ${metadata.name}`
    if (liveness === 'unknown')
      print(`Namespace ${metadata.name} belongs to ${describeOwner(owner)}, which may still run. If it does not: ${byHand}`)
    if (liveness !== 'dead') continue
    print(`A run that was killed left namespace ${metadata.name}: deleting it.`)
    try {
      const left = await removeGuaranteeResources({ api, cluster, namespace: metadata.name })
      if (left.length > 0) print(`${left.join(' ')} Delete what is left of ${metadata.name} with kubectl.`)
    } catch (error) {
      print(`Namespace ${metadata.name} could not be deleted: ${error instanceof Error ? error.message : String(error)} By hand: ${byHand}`)
    }
  }
}
