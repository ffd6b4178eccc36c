import type { V1Secret } from '@kubernetes/client-node'
import { copyOfSecret, programMap, secretName, secretNamespace, type WorkloadSettings } from '../../contract/workload.ts'
import type { ClusterApi } from '../api.ts'
import { SetupError } from '../setup-error.ts'

/** Copies the Secrets for pulling images that are in another namespace to a new one. Throws a `SetupError` for one that is not there. */
export async function copyPullSecrets(api: ClusterApi, to: string, { imagePullSecrets = [] }: WorkloadSettings): Promise<void> {
  for (const secret of imagePullSecrets) {
    const [name, namespace] = [secretName(secret), secretNamespace(secret)]
    if (namespace === undefined) continue
    const found = await api.read<V1Secret>({ apiVersion: 'v1', kind: 'Secret', name, namespace })
    if (found === undefined) {
      throw new SetupError(`Secret ${secret}, which workload.imagePullSecrets names, does not exist in the cluster.`, {
        fix: `Create it with "kubectl --namespace ${namespace} create secret docker-registry ${name}", or correct the name.`,
      })
    }
    const { metadata, ...copy } = copyOfSecret(found, name)
    await api.objects.create({ ...copy, metadata: { ...metadata, namespace: to } })
  }
}

/** Puts the program of the suites into a new namespace, where their image is one without it. */
export async function giveProgram(api: ClusterApi, to: string, { program }: WorkloadSettings): Promise<void> {
  if (program === undefined) return
  const { metadata, ...map } = programMap(program)
  await api.objects.create({ ...map, metadata: { ...metadata, namespace: to } })
}
