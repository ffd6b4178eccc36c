import { systemNamespace } from '../../../../contract/system.ts'
import { field } from '../../../engine/object.ts'
import { Inconclusive } from '../../../engine/judge/errors.ts'
import { listed } from '../../../engine/kubernetes/bound-objects.ts'
import type { KubernetesApi } from '../../../engine/kubernetes/api.ts'
import { exec, type ExecResult } from '../../../engine/kubernetes/exec.ts'

/** Where the driver of a cluster with the feature `PowerCut` runs on a node. */
const driver = { namespace: systemNamespace, selector: 'app=csi-hostpath-node', container: 'csi-hostpath' } as const

/** Has the driver end the file system of a volume on a node as if the power went, without writing back what is in memory. */
export async function powerCut(options: {
  readonly api: KubernetesApi
  readonly handle: string
  readonly node: string
  readonly signal: AbortSignal
}): Promise<ExecResult> {
  const { api, handle, node, signal } = options
  const pods = await listed(api, `/api/v1/namespaces/${driver.namespace}/pods?labelSelector=${encodeURIComponent(driver.selector)}`)
  const pod = pods.find((candidate) => field(candidate, 'spec', 'nodeName') === node)
  if (pod === undefined) throw new Inconclusive().withDetails({ reason: { summary: `The CSI driver has no Pod on node ${node}.` } })
  const { namespace, container } = driver
  const command = ['node', '/opt/holdfast/csi-hostpath/driver.mjs', 'power-cut', `--volume=${handle}`]
  const result = await exec({ connection: api.connection, namespace, pod: pod.metadata.name, container, command, signal })
  if (result.exitCode === 0) return result
  const actual = result.stderr.trim().split('\n').at(-1) ?? ''
  throw new Inconclusive().withDetails({
    reason: { summary: `The power of volume ${handle} could not be cut (exit code ${result.exitCode}).`, actual },
  })
}
