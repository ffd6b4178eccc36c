import type { V1Lease } from '@kubernetes/client-node'
import type { NodeRecord } from '../../contract/cluster-record.ts'
import type { ClusterApi } from '../api.ts'
import { inNode, nodeDirectory, writeInNode } from './in-nodes.ts'
import { mutantVariable } from './switch-file.ts'

/** Name of the service, and of its binary. */
const service = 'kubelet'

const dropIn = `/etc/systemd/system/${service}.service.d/99-holdfast-mutant.conf`

/** Restarts the kubelet of a node with a mutant in force. Its Pods go on. */
export async function startMutated(node: NodeRecord, mutant: string): Promise<void> {
  const found = await inNode(node, `systemctl cat ${service} | grep -v ${nodeDirectory} | grep '^ExecStart=/' | tail -n 1`)
  const command = found.replace(/^ExecStart=\S+/, `ExecStart=${nodeDirectory}/${service}`)
  const text = ['[Service]', `Environment=${mutantVariable}=${mutant}`, 'ExecStart=', command, ''].join('\n')
  await writeInNode(node, dropIn, text)
  await restart(node)
}

/** Restarts the kubelet of a node as it was installed. */
export async function startOriginal(node: NodeRecord): Promise<void> {
  await inNode(node, `rm -f ${dropIn}`)
  await restart(node)
}

async function restart(node: NodeRecord): Promise<void> {
  await inNode(node, `systemctl daemon-reload && systemctl restart ${service}`)
}

/** Whether the kubelet of a node has renewed its Lease since a moment. */
export async function renewedSince(api: ClusterApi, { name }: NodeRecord, since: Date): Promise<boolean> {
  const lease = await api.read<V1Lease>({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: 'kube-node-lease', name })
  const renewed = lease?.spec?.renewTime
  return renewed !== undefined && new Date(String(renewed)) > since
}
