import { CoordinationV1Api, type V1Lease } from '@kubernetes/client-node'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { livenessOf, parseOwner } from '../../contract/owner.ts'
import { clusterApi } from '../api.ts'
import { locationOf } from '../machine/cluster-parts.ts'
import { within } from '../existing/within.ts'
import { inUse, place, textOf, usualTimes } from './lease.ts'

/** Throws a `SetupError` for a cluster of this engine that a run uses, before it is deleted. */
export async function refuseInUse(cluster: string): Promise<void> {
  const kubeconfig = join((await locationOf(cluster)).directory, 'kubeconfig')
  if (existsSync(kubeconfig)) await refuseHeld(cluster, kubeconfig)
}

/**
 * Throws a `SetupError` when a run that is alive holds the lease of a cluster, or one in another container or on another host renews it
 * while this looks. A cluster whose API server does not answer passes: it must be possible to delete one that is broken.
 */
export async function refuseHeld(cluster: string, kubeconfig: string, times = usualTimes): Promise<void> {
  const api = clusterApi(kubeconfig).config.makeApiClient(CoordinationV1Api)
  const read = async (): Promise<V1Lease | undefined> =>
    within(api.readNamespacedLease(place), { seconds: times.request, otherwise: new Error('no answer') }).catch(() => undefined)
  const found = await read()
  if (found?.spec?.holderIdentity === undefined) return
  const liveness = livenessOf(parseOwner(found.spec.holderIdentity))
  if (liveness === 'dead' || (liveness === 'unknown' && !(await isRenewed(found)))) return
  throw inUse(cluster, found, `Wait until it ends. "holdfast down --force ${cluster}" deletes the cluster all the same.`)

  async function isRenewed({ spec: before }: V1Lease): Promise<boolean> {
    await pause((times.betweenRenewals + times.betweenLooks) * 1000)
    const now = (await read())?.spec
    return now?.holderIdentity === before?.holderIdentity && textOf(now?.renewTime) !== textOf(before?.renewTime)
  }
}
