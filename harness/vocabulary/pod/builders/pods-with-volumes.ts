import type { V1Container, V1Pod } from '@kubernetes/client-node'
import { dirname } from 'node:path'
import { programPath } from '../../../../contract/workload.ts'
import { directoryOfPvc, type Placement, workloadPod } from './pod.ts'
import { dataDirectory } from './workload-container.ts'
import { scratchDirectory } from './with-scratch.ts'

/** Builds a Pod that mounts ConfigMap `settings` and Secret `keys`, and a file of the ConfigMap by its subPath. */
export function configuredPod(name: string, placement: Placement) {
  const volumes = [
    { name: 'settings', configMap: { name: 'settings' } },
    { name: 'keys', secret: { secretName: 'keys' } },
  ]
  const built = workloadPod(name, { ...placement, volumes, directoryOf: directoryOfPvc })
  const [container]: readonly [Pick<V1Container, keyof V1Container>] = built.spec.containers
  const bySubPath = { name: 'settings', mountPath: `${dataDirectory}/alone`, subPath: 'colour' }
  const containers = [{ ...container, volumeMounts: [...(container.volumeMounts ?? []), bySubPath] }]
  return { ...built, spec: { ...built.spec, containers } } satisfies V1Pod
}

/** Path in such a Pod of the key `colour` of the ConfigMap: in the mounted volume, or as the file that is mounted alone. */
export function fileOfConfigMap(mounted: 'in-volume' | 'alone'): string {
  return mounted === 'alone' ? `${dataDirectory}/alone` : `${directoryOfPvc('settings')}/colour`
}

/** Path in such a Pod of the key `colour` of the Secret. */
export const fileOfSecret = `${directoryOfPvc('keys')}/colour`

/** Directory of the program of the workload in its image. */
export const ownProgramDirectory = dirname(programPath)

/** Builds a Pod that mounts its own image as a volume, in the usual directory for volumes. */
export function imagePod(name: string, placement: Placement) {
  const image = { reference: placement.cluster.workloadImage, pullPolicy: 'IfNotPresent' }
  return workloadPod(name, { ...placement, volumes: [{ name: 'image', image }], directoryOf: directoryOfPvc })
}

/** How much an emptyDir with a size limit may hold. */
const sizeLimit = '10Mi'

/** Builds a Pod with an emptyDir, limited to 10 MiB or not, and with a PersistentVolumeClaim where one is named. */
export function scratchPod(name: string, { limited, pvc, ...placement }: Placement & { readonly limited?: true; readonly pvc?: string }) {
  const scratch = { name: 'scratch', emptyDir: limited ? { sizeLimit } : {} }
  const data = pvc === undefined ? [] : [{ name: 'data', persistentVolumeClaim: { claimName: pvc } }]
  const directoryOf = (volume: string) => (volume === 'scratch' ? scratchDirectory : dataDirectory)
  return workloadPod(name, { ...placement, volumes: [scratch, ...data], directoryOf })
}
