import type { PlacedManifest } from './manifest.ts'
import { hasPods } from './workloads.ts'

/** Objects that are applied after those before them, in any order among each other. */
export interface InstallStage {
  readonly name: 'namespaces' | 'definitions' | 'access' | 'settings' | 'workloads' | 'webhooks'
  readonly manifests: readonly PlacedManifest[]
}

const access = ['ServiceAccount', 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']

/** What answers, or is asked for, other requests: before its Pods run it would make these fail. */
const webhooks = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'APIService']

function stageOf({ manifest }: PlacedManifest): InstallStage['name'] {
  const { kind = '' } = manifest
  if (kind === 'Namespace') return 'namespaces'
  if (kind === 'CustomResourceDefinition') return 'definitions'
  if (access.includes(kind)) return 'access'
  if (webhooks.includes(kind)) return 'webhooks'
  return hasPods(manifest) ? 'workloads' : 'settings'
}

const order = ['namespaces', 'definitions', 'access', 'settings', 'workloads', 'webhooks'] as const

/**
 * Objects in the order in which they can be applied: what Pods need before the Pods, what intercepts requests last. Within a stage the
 * order of the files stays.
 */
export function stagesOf(manifests: readonly PlacedManifest[]): readonly InstallStage[] {
  const groups = Map.groupBy(manifests, stageOf)
  return order.flatMap((name) => {
    const some = groups.get(name)
    return some === undefined ? [] : [{ name, manifests: some }]
  })
}
