import { type V1Node, type V1Pod, VersionApi } from '@kubernetes/client-node'
import { systemNamespace } from '../../contract/system.ts'
import type { PlatformVersions } from '../../contract/upgrade.ts'
import type { ClusterApi } from '../api.ts'
import { veleroNamespace } from '../profiles/velero-profile.ts'

const namespaces = ['kube-system', systemNamespace, veleroNamespace]

/** The versions of a platform as its API shows them now. */
export async function seenVersions(api: ClusterApi): Promise<PlatformVersions> {
  const { gitVersion } = await api.config.makeApiClient(VersionApi).getCode()
  const nodes = (await api.objects.list<V1Node>('v1', 'Node')).items
  const images: Record<string, string> = {}
  for (const namespace of namespaces) {
    const pods = (await api.objects.list<V1Pod>('v1', 'Pod', namespace)).items
    // Kubernetes deletes no Pod of a Job that has ended at once: it says nothing of what runs.
    for (const pod of pods.filter(({ status }) => status?.phase === 'Running'))
      for (const { name, image = '' } of pod.spec?.containers ?? []) images[`${pod.metadata?.name ?? ''}/${name}`] = image
  }
  return {
    apiServer: gitVersion,
    nodes: nodes.map(({ metadata, status }) => ({
      node: metadata?.name ?? '',
      kubelet: status?.nodeInfo?.kubeletVersion ?? '',
      containerd: status?.nodeInfo?.containerRuntimeVersion.replace('containerd://', '') ?? '',
    })),
    images,
  }
}

/** What keeps a node from serving with a kubelet of a version, half a sentence; undefined where nothing does. */
export function whyNotUpgraded(node: V1Node | undefined, version: string): string | undefined {
  if (node === undefined) return 'its Node object is gone'
  const { kubeletVersion } = node.status?.nodeInfo ?? {}
  if (kubeletVersion !== version) return `its kubelet is ${kubeletVersion ?? 'unknown'}`
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready')
  return ready?.status === 'True' ? undefined : `it is not Ready (${ready?.message ?? 'no status yet'})`
}
