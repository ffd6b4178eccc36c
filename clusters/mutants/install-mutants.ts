import { mutants, type MutantName } from './catalogue.ts'
import { clusterApi } from '../api.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { deleteAll } from '../delete-all.ts'
import { type Patience, untilAnswered } from '../until-answered.ts'
import { admissionPolicies } from './admission-policies.ts'
import { inForceReferences, untilInForce } from './policies-in-force.ts'

function policiesOf(names: readonly string[]): ReturnType<typeof admissionPolicies> {
  return (Object.keys(mutants) as MutantName[]).filter((name) => names.includes(name)).flatMap(admissionPolicies)
}

/** Installs the admission policies of some mutants, and waits until they are in force. They act only on what carries a mutant's label. */
async function installMutants(record: ClusterRecord, names: readonly string[]): Promise<void> {
  const api = clusterApi(record.kubeconfig, record.context)
  const policies = policiesOf(names)
  if (policies.length === 0) return
  for (const policy of policies) await untilAnswered(async () => api.apply(policy))
  try {
    await untilInForce(api)
  } finally {
    for (const reference of inForceReferences) await api.delete(reference)
  }
}

/** Mutants that some work needs. */
interface MutantsOfWork {
  readonly names: readonly string[]
  /** Gets what was left behind on the cluster, a sentence with the fix each. */
  readonly found: (finding: string) => void
}

/**
 * Does some work while the admission policies of some mutants are installed. They are removed whatever becomes of it, also where not all
 * could be installed. Returns what the work returns, and throws what it throws.
 */
export async function withMutants<Result>(
  record: ClusterRecord,
  { names, found }: MutantsOfWork,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    await installMutants(record, names)
    return await work()
  } finally {
    for (const finding of await removeMutants(record, names)) found(finding)
  }
}

/**
 * Removes the admission policies of some mutants, and leaves those that another run may have installed. Returns one sentence for each that
 * stays, with the command that removes it; never throws.
 */
export async function removeMutants(record: ClusterRecord, names: readonly string[], patience?: Patience): Promise<readonly string[]> {
  const references = policiesOf(names).map(({ apiVersion = '', kind = '', metadata }) => ({ apiVersion, kind, name: metadata?.name ?? '' }))
  return deleteAll(record, references, patience)
}
