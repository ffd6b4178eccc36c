import type { V1Pod } from '@kubernetes/client-node'
import { type Placement, workloadPod } from './pod.ts'
import { dataDirectory } from './workload-container.ts'

type Recursive = 'Enabled' | 'IfPossible' | 'Disabled'

/** A directory that every Linux node has, and one below it where another file system is mounted, which everybody may write. */
const [directory, below] = ['/dev', 'shm']

const ways: readonly Recursive[] = ['Enabled', 'IfPossible', 'Disabled']

/**
 * Builds a Pod that mounts a directory of its node read-only three times, once for each thing that can be asked of what is mounted below.
 */
export function recursivelyReadOnly(name: string, placement: Placement) {
  const built = workloadPod(name, { ...placement, volumes: [{ name: 'devices', hostPath: { path: directory, type: 'Directory' } }] })
  const [{ volumeMounts: _, ...container }] = built.spec.containers
  const volumeMounts = ways.map((recursiveReadOnly) => ({
    name: 'devices',
    mountPath: `${dataDirectory}/${recursiveReadOnly}`,
    readOnly: true,
    recursiveReadOnly,
  }))
  return { ...built, spec: { ...built.spec, containers: [{ ...container, volumeMounts }] } } satisfies V1Pod
}

/** Path in that Pod of a file of one of the mounts, or of what is mounted below it. */
export function readOnlyPath(of: Recursive, file: string, where: 'itself' | 'below'): string {
  return `${dataDirectory}/${of}/${where === 'below' ? `${below}/` : ''}${file}`
}
