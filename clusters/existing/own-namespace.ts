import { setTimeout as pause } from 'node:timers/promises'
import type { ClusterApi } from '../api.ts'
import type { Log } from '../log.ts'
import { deletion, reasonOf } from '../delete-all.ts'
import { SetupError } from '../setup-error.ts'
import { untilAnswered } from '../until-answered.ts'

const accountWithin = 30
const goneWithin = 120
const secondsBetweenLooks = 0.3

/** Waits until a new namespace has its ServiceAccount: no Pod is admitted before. Throws a `SetupError` when it gets none. */
export async function accountMade(
  api: ClusterApi,
  namespace: string,
  { signal }: { readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const deadline = Date.now() + accountWithin * 1000
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', name: 'default', namespace }
  while ((await api.read(account)) === undefined) {
    if (Date.now() > deadline) {
      throw new SetupError(`A new namespace had no ServiceAccount within ${accountWithin} s.`, {
        fix: 'Check that kube-controller-manager of the cluster works.',
      })
    }
    signal?.throwIfAborted()
    await pause(secondsBetweenLooks * 1000)
  }
}

/** Deletes a namespace of ours and waits until it is gone. What stays is logged with how to look at it; nothing is thrown. */
export async function removed(api: ClusterApi, namespace: string, log: Log): Promise<void> {
  const reference = { apiVersion: 'v1', kind: 'Namespace', name: namespace }
  const deadline = Date.now() + goneWithin * 1000
  try {
    await api.delete(reference)
    const isThere = async () => (await untilAnswered(async () => api.read(reference))) !== undefined
    while ((await isThere()) && Date.now() < deadline) await pause(secondsBetweenLooks * 1000)
    if (Date.now() < deadline) return
    log(`Namespace ${namespace} still exists after ${goneWithin} s: inspect it with "kubectl get namespace ${namespace} --output yaml".`)
  } catch (error) {
    log(`Namespace ${namespace} could not be removed: ${reasonOf(error)}. By hand: ${deletion(api.place, [reference])}`)
  }
}
