import { ApiException, CoordinationV1Api } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { livenessOf, parseOwner } from '../../contract/owner.ts'
import { clusterApi } from '../api.ts'
import { within } from '../existing/within.ts'
import { inUse, place, runOf, silent, usualTimes } from './lease.ts'

const where = `Lease ${place.namespace}/${place.name}`

/**
 * Whether a run could have a cluster for itself now; takes nothing. Returns what it would come upon, in a sentence. Throws the `SetupError`
 * of `acquireLease` for a cluster that another run uses, and for one that does not answer.
 */
export async function lookAtLease({ name, kubeconfig, context }: Pick<ClusterRecord, 'name' | 'kubeconfig' | 'context'>): Promise<string> {
  const api = clusterApi(kubeconfig, context).config.makeApiClient(CoordinationV1Api)
  const { request: seconds, duration } = usualTimes
  const otherwise = new Error(`The API server did not answer within ${seconds} s`)
  const found = await within(api.readNamespacedLease(place), { seconds, otherwise }).catch((error: unknown) => {
    const code = error instanceof ApiException ? error.code : undefined
    if (code === 404) return `${where} is free.`
    if (code === 401 || code === 403) return `${where} may not be read by this user: nothing would keep other runs away.`
    throw silent(name, error)
  })
  if (typeof found === 'string') return found
  const { holderIdentity = '' } = found.spec ?? {}
  const liveness = holderIdentity === '' ? 'dead' : livenessOf(parseOwner(holderIdentity))
  if (liveness === 'alive') throw inUse(name, found)
  if (liveness === 'dead') return `${where} is of run ${runOf(found)}, which has ended: it would be taken over.`
  return `${where} is of run ${runOf(found)} on another host or in another container: this run would wait up to ${duration} s for it.`
}
