import { readFile, rm, writeFile } from 'node:fs/promises'
import { describeOwner, livenessOf, ownerText, parseOwner, thisOwner } from '../../contract/owner.ts'
import { clusterDirectory } from '../directories.ts'
import { containerStates, startStopped } from '../repair-cluster.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'

/** File that names the holder of the lease while no API server answers. */
function noteOf(cluster: string): string {
  return clusterDirectory(cluster, 'lease.json')
}

/** Notes that this process holds the lease of a cluster. */
export async function noteHolder(cluster: string, runId: string): Promise<void> {
  // A cluster that was made elsewhere has no directory here.
  await writeFile(noteOf(cluster), JSON.stringify({ runId, owner: ownerText(thisOwner()) })).catch(() => undefined)
}

/** Removes what `noteHolder` wrote. */
export async function removeNote(cluster: string): Promise<void> {
  await rm(noteOf(cluster), { force: true })
}

/**
 * Without its control plane a cluster has no lease to look at: it is started, unless a run that may be alive stopped it, for which a
 * `SetupError` is thrown.
 */
export async function startControlPlane(cluster: string, log: Log): Promise<void> {
  const isControlPlane = (container: string) => container.endsWith('-control-plane')
  const stopped = (await containerStates(cluster)).find(([container, state]) => isControlPlane(container) && state !== 'running')
  if (stopped === undefined) return
  const note = await readFile(noteOf(cluster), 'utf8').then(
    (text) => JSON.parse(text) as { runId?: string; owner?: string },
    () => undefined,
  )
  const [container, state] = stopped
  if (note !== undefined && livenessOf(parseOwner(note.owner)) !== 'dead') {
    throw new SetupError(
      `Node ${container} is ${state}, and run ${note.runId ?? ''} (${describeOwner(parseOwner(note.owner))}) may rely on that.`,
      {
        fix: `Wait until that run ends. If it has already ended: docker ${state === 'paused' ? 'unpause' : 'start'} ${container}`,
      },
    )
  }
  await startStopped(cluster, log, isControlPlane)
}
