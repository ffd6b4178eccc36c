import type { V1Lease, V1Pod } from '@kubernetes/client-node'
import { parse, stringify } from 'yaml'
import type { NodeRecord } from '../../contract/cluster-record.ts'
import type { ClusterApi } from '../api.ts'
import { inNode, nodeDirectory, writeInNode } from './in-nodes.ts'
import { runsMutated } from './mutated-template.ts'

const manifestOf = (component: string) => `/etc/kubernetes/manifests/${component}.yaml`

/** The manifest of a component on the control plane, as it is. */
export async function readManifest(node: NodeRecord, component: string): Promise<string> {
  return inNode(node, `cat ${manifestOf(component)}`)
}

/** Writes the manifest of a component on the control plane: the kubelet of the node replaces its Pod. */
export async function writeManifest(node: NodeRecord, component: string, text: string): Promise<void> {
  await inNode(node, `mkdir -p ${nodeDirectory}`)
  await writeInNode(node, manifestOf(component), `${text.trimEnd()}\n`)
}

/** The manifest of a component that runs its binary with mutants. */
export function mutatedManifest(text: string, { component, mutant }: { readonly component: string; readonly mutant: string }): string {
  const pod = parse(text) as V1Pod
  if (pod.spec !== undefined) runsMutated(pod.spec, { container: component, binary: component, mutant })
  return stringify(pod)
}

const leaseOf = (component: string) => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  namespace: 'kube-system',
  name: component,
})

/** Who leads a component; undefined while nobody does. */
export async function leaderOf(api: ClusterApi, component: string): Promise<string | undefined> {
  const holder = (await api.read<V1Lease>(leaseOf(component)))?.spec?.holderIdentity
  return holder === '' ? undefined : holder
}

/** Ends the lease of a leader whose process is gone, so that the next one need not wait until it has run out. */
export async function endLease(api: ClusterApi, component: string): Promise<void> {
  await api.delete(leaseOf(component))
}
