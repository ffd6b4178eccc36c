import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { ClusterRecord } from '../../../../contract/cluster-record.ts'
import { field } from '../../../engine/object.ts'
import { resultsFile, storeInUse } from '../store/stored.ts'
import type { VeleroErrors } from '../requests.ts'
import type { History } from '../../../engine/history/history.ts'

const endedWithErrors: readonly unknown[] = ['PartiallyFailed', 'Failed']

/**
 * Whenever a Backup or Restore is seen to have ended with errors, keeps these in the history before anything else looks at that event. They
 * are read from the object store, where that is beside the cluster. Returns what ends it.
 */
export function recordVeleroErrors({ history, cluster }: { readonly history: History; readonly cluster: ClusterRecord }): () => void {
  const store = storeInUse(cluster)
  const known = new Set<string>()
  return history.subscribe(() => {
    const last = history.entries.at(-1)
    if (store === undefined || last?.type !== 'observation' || (last.kind !== 'Backup' && last.kind !== 'Restore')) return
    const { name, uid, namespace } = last.object.metadata
    const file = resultsFile(store, { kind: last.kind, name })
    if (known.has(uid) || !endedWithErrors.includes(field(last.object, 'status', 'phase')) || !existsSync(file)) return
    known.add(uid)
    const value: VeleroErrors = { errors: errorsIn(JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'))) }
    const subject = { kind: last.kind, name, ...(namespace !== undefined && { namespace }) }
    history.append({ type: 'measurement', what: 'velero-errors', label: 'stored by Velero', subject, value })
  })
}

/** Velero sorts errors into those of its own, of the cluster and of each namespace. */
function errorsIn(results: unknown): readonly string[] {
  const {
    velero = [],
    cluster = [],
    namespaces = {},
  } = (field(results, 'errors') ?? {}) as {
    readonly velero?: readonly string[]
    readonly cluster?: readonly string[]
    readonly namespaces?: Readonly<Record<string, readonly string[]>>
  }
  return [...velero, ...cluster, ...Object.values(namespaces).flat()]
}
