import type { CoreV1Event, V1CSINode, V1DaemonSet, V1Deployment, V1Node, V1Pod } from '@kubernetes/client-node'
import { untilReady, type ClusterApi } from '../api.ts'
import { driverName } from '../profiles/default-profile.ts'
import { systemNamespace } from '../../contract/system.ts'

function isTrue(conditions: readonly { readonly type: string; readonly status: string }[] | undefined, type: string): boolean {
  return conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false
}

async function missingNode(api: ClusterApi, expected: number): Promise<string | undefined> {
  const nodes = (await api.objects.list<V1Node>('v1', 'Node')).items
  if (nodes.length < expected) return `${nodes.length} of ${expected} nodes have registered`
  const waiting = nodes.find((node) => !isTrue(node.status?.conditions, 'Ready'))
  if (waiting === undefined) return undefined
  const condition = waiting.status?.conditions?.find((entry) => entry.type === 'Ready')
  return `node ${waiting.metadata?.name} is not Ready (${condition?.message ?? 'no status yet'})`
}

function missingDeployment(deployment: V1Deployment): string | undefined {
  const { metadata, spec, status } = deployment
  const current = (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0)
  if (current && (status?.availableReplicas ?? 0) >= (spec?.replicas ?? 1)) return undefined
  return `Deployment ${metadata?.namespace}/${metadata?.name} has ${status?.availableReplicas ?? 0} of ${spec?.replicas ?? 1} replicas available`
}

function missingDaemonSet(daemonSet: V1DaemonSet): string | undefined {
  const { metadata, status } = daemonSet
  const current = (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0)
  const wanted = status?.desiredNumberScheduled ?? 0
  if (current && wanted > 0 && (status?.numberAvailable ?? 0) >= wanted) return undefined
  return `DaemonSet ${metadata?.namespace}/${metadata?.name} has ${status?.numberAvailable ?? 0} of ${wanted} Pods available`
}

/** The container that keeps a Pod from being ready, with its reason, and the Pod's latest warning. */
async function culprit(api: ClusterApi, namespaces: readonly string[]): Promise<string> {
  for (const namespace of namespaces.toReversed()) {
    const pods = (await api.objects.list<V1Pod>('v1', 'Pod', namespace)).items
    for (const pod of pods.filter((entry) => !isTrue(entry.status?.conditions, 'Ready'))) {
      const container = pod.status?.containerStatuses?.find((status) => !status.ready)
      const state = container?.state?.waiting?.reason ?? container?.state?.terminated?.reason ?? pod.status?.phase ?? 'no status'
      const events = (await api.objects.list<CoreV1Event>('v1', 'Event', namespace)).items
      const warning = events.filter((event) => event.type === 'Warning' && event.involvedObject.name === pod.metadata?.name).at(-1)
      const named = container === undefined ? '' : `, container ${container.name}`
      return ` — Pod ${namespace}/${pod.metadata?.name}${named}: ${state}${warning === undefined ? '' : `: ${warning.message}`}`
    }
  }
  return ''
}

async function missingRegistration(api: ClusterApi): Promise<string | undefined> {
  const nodes = (await api.objects.list<V1CSINode>('storage.k8s.io/v1', 'CSINode')).items
  const workers = nodes.filter((node) => !(node.metadata?.name ?? '').endsWith('control-plane'))
  const without = workers.find((node) => !node.spec.drivers.some((driver) => driver.name === driverName))
  return without === undefined ? undefined : `kubelet on ${without.metadata?.name} has not registered the driver ${driverName}`
}

/** Waits until every node, system Pod (those of `namespaces` too) and driver registration is ready; names the culprit when one is not. */
export async function systemPodsReady(
  api: ClusterApi,
  options: { readonly nodes: number; readonly namespaces?: readonly string[]; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const namespaces = ['kube-system', systemNamespace, ...(options.namespaces ?? [])]
  await untilReady({
    what: 'The cluster',
    within: 180,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    async look() {
      const node = await missingNode(api, options.nodes)
      if (node !== undefined) return node
      for (const namespace of namespaces) {
        const deployments = (await api.objects.list<V1Deployment>('apps/v1', 'Deployment', namespace)).items
        const daemonSets = (await api.objects.list<V1DaemonSet>('apps/v1', 'DaemonSet', namespace)).items
        if (deployments.length === 0) return `no Deployment exists in ${namespace} yet`
        const missing =
          deployments.map(missingDeployment).find((entry) => entry !== undefined) ??
          daemonSets.map(missingDaemonSet).find((entry) => entry !== undefined)
        if (missing !== undefined) return missing + (await culprit(api, namespaces))
      }
      return await missingRegistration(api)
    },
  })
}
