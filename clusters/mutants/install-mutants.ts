import { mutants, type MutantName } from './catalogue.ts'
import { clusterApi, type ClusterApi } from '../api.ts'
import type { ClusterRecord } from '../record.ts'
import { admissionPolicies } from './admission-policies.ts'

function policies(): ReturnType<typeof admissionPolicies> {
  return (Object.keys(mutants) as MutantName[]).flatMap(admissionPolicies)
}

function apiOf(record: ClusterRecord): ClusterApi {
  return clusterApi(record.kubeconfig, record.context)
}

/** Installs the admission policies of every mutant. They act only in namespaces that carry a mutant's label. */
export async function installMutants(record: ClusterRecord): Promise<void> {
  const api = apiOf(record)
  for (const policy of policies()) await api.apply(policy)
}

/** Removes the admission policies of every mutant. */
export async function removeMutants(record: ClusterRecord): Promise<void> {
  const api = apiOf(record)
  for (const policy of policies()) {
    await api.delete({ apiVersion: policy.apiVersion ?? '', kind: policy.kind ?? '', name: policy.metadata?.name ?? '' })
  }
}
