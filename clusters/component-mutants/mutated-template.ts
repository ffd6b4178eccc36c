import type { V1PodSpec } from '@kubernetes/client-node'
import { nodeDirectory } from './in-nodes.ts'
import { mutantVariable } from './switch-file.ts'

const volume = 'holdfast-mutants'
const directoryInContainer = '/holdfast-mutants'

/** Makes a container of a Pod run a binary of the node, with a mutant in force. */
export function runsMutated(
  spec: V1PodSpec,
  { container: name, binary, mutant }: { readonly container: string; readonly binary: string; readonly mutant: string },
): void {
  const container = spec.containers.find((each) => each.name === name)
  if (container === undefined) throw new TypeError(`There is no container ${name}.`)
  container.command = [`${directoryInContainer}/${binary}`, ...(container.command ?? []).slice(1)]
  container.env = [...(container.env ?? []), { name: mutantVariable, value: mutant }]
  container.volumeMounts = [...(container.volumeMounts ?? []), { name: volume, mountPath: directoryInContainer, readOnly: true }]
  spec.volumes = [...(spec.volumes ?? []), { name: volume, hostPath: { path: nodeDirectory, type: 'Directory' } }]
}
