import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** What scripts read of a cluster that "./holdfast up" made. */
export interface KeptCluster {
  /** File with the credentials of the administrator. */
  readonly kubeconfig: string
  /** Image of the suites that its nodes have. */
  readonly workloadImage: string
  readonly storageClass: string
  readonly snapshotClass: string
  /** StorageClass by the fault that the driver has for its volumes. */
  readonly faultyStorageClasses: Readonly<Record<string, string>>
}

/** The cluster of this name; undefined where there is none. */
export function keptCluster(name: string): KeptCluster | undefined {
  const state = process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state')
  const file = join(state, 'holdfast', 'clusters', name, 'cluster.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KeptCluster) : undefined
}
