import { mutants, type MutantName } from './catalogue.ts'
import { clusterApi, type ClusterApi } from '../api.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { admissionPolicies } from './admission-policies.ts'

function policiesOf(names: readonly string[]): ReturnType<typeof admissionPolicies> {
  return (Object.keys(mutants) as MutantName[]).filter((name) => names.includes(name)).flatMap(admissionPolicies)
}

function apiOf(record: ClusterRecord): ClusterApi {
  return clusterApi(record.kubeconfig, record.context)
}

/** Installs the admission policies of some mutants. They act only on what carries a mutant's label. */
export async function installMutants(record: ClusterRecord, names: readonly string[]): Promise<void> {
  const api = apiOf(record)
  for (const policy of policiesOf(names)) await api.apply(policy)
}

/** Removes the admission policies of some mutants, and leaves those that another run may have installed. */
export async function removeMutants(record: ClusterRecord, names: readonly string[]): Promise<void> {
  const api = apiOf(record)
  for (const policy of policiesOf(names)) {
    await api.delete({ apiVersion: policy.apiVersion ?? '', kind: policy.kind ?? '', name: policy.metadata?.name ?? '' })
  }
}
