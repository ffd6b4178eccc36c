import { ApiException, type KubernetesObject } from '@kubernetes/client-node'
import { clusterApi, type KubectlPlace, type ObjectReference } from '../api.ts'
import { deleteAll } from '../delete-all.ts'
import { statusMessage } from '../existing/status-message.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'

/**
 * Creates objects one after the other, and overwrites none that is there. Throws a `SetupError` for the first that is refused; what was
 * made by then is deleted again.
 */
export async function makeObjects(place: KubectlPlace, objects: readonly object[], log: Log): Promise<void> {
  const api = clusterApi(place.kubeconfig, place.context)
  const made: ObjectReference[] = []
  for (const object of objects as readonly KubernetesObject[]) {
    const { kind = '', metadata } = object
    const shown = `${kind} ${metadata?.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata?.name ?? ''}`
    try {
      await api.objects.create(object)
      made.push(referenceOf(object))
      log(`created ${shown}`)
    } catch (error) {
      for (const finding of await deleteAll(place, made.toReversed())) log(finding)
      const why = error instanceof ApiException ? statusMessage(error) : error instanceof Error ? error.message : String(error)
      throw new SetupError(`The cluster refuses ${shown}: ${why}.`, { fix: fixFor(kind), cause: error })
    }
  }
}

function fixFor(kind: string): string {
  if (!kind.includes('Role'))
    return 'Use a kubeconfig whose user may create it, or let somebody apply the manifests: --manifests <file> writes them.'
  return 'Who makes a role must have each right in it: use an account that has, such as an administrator, or --manifests <file>.'
}

/** Names an object as it was created. */
export function referenceOf({ apiVersion = '', kind = '', metadata }: KubernetesObject): ObjectReference {
  const { name = '', namespace } = metadata ?? {}
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) }
}
