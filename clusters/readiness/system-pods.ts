import type { CoreV1Event, V1CSINode, V1DaemonSet, V1Deployment, V1Node, V1Pod } from '@kubernetes/client-node'
import { untilReady, type ClusterApi } from '../api.ts'
import { troubleOf, troubleText } from './pod-trouble.ts'
import { isTrue, rolloutOfDaemonSet, rolloutOfDeployment } from './rollout.ts'

async function missingNode(api: ClusterApi, expected: number): Promise<string | undefined> {
  const nodes = (await api.objects.list<V1Node>('v1', 'Node')).items
  if (nodes.length < expected) return `${nodes.length} of ${expected} nodes have registered`
  const waiting = nodes.find((node) => !isTrue(node.status?.conditions, 'Ready'))
  if (waiting === undefined) return undefined
  const condition = waiting.status?.conditions?.find((entry) => entry.type === 'Ready')
  return `node ${waiting.metadata?.name} is not Ready (${condition?.message ?? 'no status yet'})`
}

function missingDeployment(deployment: V1Deployment): string | undefined {
  const { namespace, name } = deployment.metadata ?? {}
  const rollout = rolloutOfDeployment(deployment)
  return rollout.state === 'done' ? undefined : `Deployment ${namespace}/${name} ${rollout.why}`
}

/** Each of these is for some node. */
function missingDaemonSet(daemonSet: V1DaemonSet): string | undefined {
  const { namespace, name } = daemonSet.metadata ?? {}
  const rollout = rolloutOfDaemonSet(daemonSet)
  if (rollout.state !== 'done') return `DaemonSet ${namespace}/${name} ${rollout.why}`
  return (daemonSet.status?.desiredNumberScheduled ?? 0) > 0 ? undefined : `DaemonSet ${namespace}/${name} has no Pods yet`
}

/** The container that keeps a Pod from being ready, with its reason, and the Pod's latest warning. */
async function culprit(api: ClusterApi, namespaces: readonly string[]): Promise<string> {
  for (const namespace of namespaces.toReversed()) {
    const pods = (await api.objects.list<V1Pod>('v1', 'Pod', namespace)).items
    const events = (await api.objects.list<CoreV1Event>('v1', 'Event', namespace)).items
    const trouble = pods.map((pod) => troubleOf(pod, events)).find((each) => each !== undefined)
    if (trouble !== undefined) return ` — ${troubleText(trouble)}`
  }
  return ''
}

async function missingRegistration(api: ClusterApi, driverName: string): Promise<string | undefined> {
  const nodes = (await api.objects.list<V1CSINode>('storage.k8s.io/v1', 'CSINode')).items
  const workers = nodes.filter((node) => !(node.metadata?.name ?? '').endsWith('control-plane'))
  const without = workers.find((node) => !node.spec.drivers.some((driver) => driver.name === driverName))
  return without === undefined ? undefined : `kubelet on ${without.metadata?.name} has not registered the driver ${driverName}`
}

/** What a cluster is to have. */
export interface SystemPods {
  readonly nodes: number
  /** Namespaces whose Deployments and DaemonSets must be ready. */
  readonly namespaces: readonly string[]
  /** A CSI driver that the kubelet of each worker must have registered. */
  readonly driver?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** Waits until every node, system Pod and driver registration is ready; names the culprit when one is not. */
export async function systemPodsReady(api: ClusterApi, { nodes, namespaces, driver, signal }: SystemPods): Promise<void> {
  await untilReady({
    what: 'The cluster',
    within: 180,
    signal,
    async look() {
      const node = await missingNode(api, nodes)
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
      return driver === undefined ? undefined : await missingRegistration(api, driver)
    },
  })
}
