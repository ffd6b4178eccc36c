import { randomBytes } from 'node:crypto'
import { ApiException } from '@kubernetes/client-node'
import { ownerAnnotation } from '../../contract/annotations.ts'
import { runLabel } from '../../contract/labels.ts'
import { ownerText, thisOwner } from '../../contract/owner.ts'
import { podSecurityLabels } from '../../contract/pod-security.ts'
import type { WorkloadSettings } from '../../contract/workload.ts'
import type { ClusterApi } from '../api.ts'
import type { Log } from '../log.ts'
import { accountMade, removed } from './own-namespace.ts'
import { copyPullSecrets, giveProgram } from './pull-secrets.ts'

/** How a namespace for Pods that try a cluster is made. */
export interface PreflightNamespace {
  /** What the user wants of every Pod. */
  readonly settings: WorkloadSettings
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

/** Does `work` in a new namespace in which Pods like those of suites can run, and removes it whatever happens. */
export async function inPreflightNamespace<Result>(
  api: ClusterApi,
  options: PreflightNamespace,
  work: (namespace: string) => Promise<Result>,
): Promise<Result> {
  const namespace = `hf-preflight-${randomBytes(8).toString('hex')}`
  // By its owner the next run knows it for abandoned, where this one is killed.
  const labels = { [runLabel]: 'preflight', ...podSecurityLabels('restricted') }
  const metadata = { name: namespace, labels, annotations: { [ownerAnnotation]: ownerText(thisOwner()) } }
  let mine = true
  try {
    await api.objects.create({ apiVersion: 'v1', kind: 'Namespace', metadata }).catch((error: unknown) => {
      // What was refused is not there, or is another's. What was not answered may be there.
      mine = !(error instanceof ApiException)
      throw error
    })
    await accountMade(api, namespace, options)
    await copyPullSecrets(api, namespace, options.settings)
    await giveProgram(api, namespace, options.settings)
    return await work(namespace)
  } finally {
    if (mine) await removed(api, namespace, options.log)
  }
}
