import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { ApiException } from '@kubernetes/client-node'
import { ownerAnnotation } from '../../contract/annotations.ts'
import { ownerText, thisOwner } from '../../contract/owner.ts'
import type { ClusterApi } from '../api.ts'
import { reasonOf } from '../delete-all.ts'
import { statusMessage } from '../existing/status-message.ts'
import type { Log } from '../log.ts'
import { type ServerStatusRequest, veleroApi } from './velero-objects.ts'

/** What a server says of itself; or that it did not answer, or was not asked, and why. */
export type ServerAnswer =
  | { readonly version: string; readonly plugins: readonly string[] }
  | { readonly silent: string }
  | { readonly notAsked: string }

const usual = { answersWithin: 30, betweenLooks: 0.5 }

/**
 * Asks the server of Velero for its version and its plug-ins by a ServerStatusRequest, which is removed again. A request that this user may
 * not make is not made.
 */
export async function askServer(
  api: ClusterApi,
  options: {
    readonly namespace: string
    readonly log: Log
    readonly signal?: AbortSignal | undefined
    /** Seconds for the answer, and between two looks. */
    readonly pace?: typeof usual
  },
): Promise<ServerAnswer> {
  const { namespace, log, signal, pace = usual } = options
  const { answersWithin, betweenLooks } = pace
  const kind = { apiVersion: veleroApi, kind: 'ServerStatusRequest' }
  const name = `hf-probe-${randomBytes(8).toString('hex')}`
  const metadata = { name, namespace, annotations: { [ownerAnnotation]: ownerText(thisOwner()) } }
  try {
    await api.objects.create({ ...kind, metadata })
  } catch (error) {
    if (!(error instanceof ApiException)) throw error
    return { notAsked: `its server was not asked for its version: ${statusMessage(error)}` }
  }
  try {
    const deadline = Date.now() + answersWithin * 1000
    do {
      const { phase, serverVersion = '', plugins = [] } = (await api.read<ServerStatusRequest>({ ...kind, name, namespace }))?.status ?? {}
      if (phase === 'Processed') return { version: serverVersion, plugins: plugins.map((plugin) => plugin.name) }
      signal?.throwIfAborted()
      await pause(betweenLooks * 1000)
    } while (Date.now() < deadline)
    return { silent: `its server did not answer a ServerStatusRequest within ${answersWithin} s` }
  } finally {
    // Velero removes it after a minute, where this does not.
    await api.delete({ ...kind, name, namespace }).catch((error: unknown) => {
      log(`ServerStatusRequest ${namespace}/${name} could not be removed: ${reasonOf(error)}`)
    })
  }
}
