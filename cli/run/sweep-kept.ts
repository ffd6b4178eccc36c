import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readClusterRecord, veleroElsewhere } from '../../clusters/index.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { requireContext } from '../plan/kubeconfig-context.ts'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { projectRoot } from '../shell/project-root.ts'
import { requireCluster } from './acquired-cluster.ts'
import { writeJson } from './run-directory.ts'
import { runNode } from './run-node.ts'
import { withInterruption } from './with-interruption.ts'
import { codeEnding } from '../../contract/distribution.ts'

/** A cluster on which namespaces may have been kept. */
export type KeptPlace =
  | { readonly cluster: string }
  | { readonly kubeconfig: string; readonly context: string | undefined; readonly veleroNamespace: string | undefined }

/** Removes the namespaces of failed guarantees that runs kept on a cluster. Succeeds once all of them are gone. */
export async function sweepKept(place: KeptPlace): Promise<ExitCode> {
  const record = await recordOf(place)
  return withInterruption(async ({ signal }) => {
    const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('kept')))
    const file = join(directory, 'cluster.json')
    try {
      writeJson(file, record)
      const args = [join(projectRoot, 'harness', `sweep-kept${codeEnding}`)]
      const code = await runNode({ root: projectRoot, args, env: { HOLDFAST_CLUSTER: file }, signal })
      return code === 0 ? exitCodes.success : exitCodes.setUp
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })
}

/** The record of a cluster, of one that Holdfast did not make as much as is needed to reach it. */
async function recordOf(place: KeptPlace): Promise<Partial<ClusterRecord>> {
  if ('cluster' in place) {
    await requireCluster(place.cluster)
    return readClusterRecord(place.cluster)
  }
  const kubeconfig = resolve(place.kubeconfig)
  requireContext(kubeconfig, place.context)
  const velero = await veleroElsewhere({ kubeconfig, context: place.context }, place.veleroNamespace)
  return {
    ...{ name: 'existing', kubeconfig, features: [] },
    ...(place.context !== undefined && { context: place.context }),
    ...(velero && { velero }),
  }
}
