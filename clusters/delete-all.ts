import { ApiException } from '@kubernetes/client-node'
import { shellWord } from '../contract/shell-word.ts'
import type { ClusterRecord } from '../contract/cluster-record.ts'
import { clusterApi, type ObjectReference } from './api.ts'
import { statusMessage } from './existing/status-message.ts'
import type { Patience } from './until-answered.ts'

/** Seconds for all deletions together; each is tried once even when they are over. */
const usualSeconds = 60
const deletionsAtOnce = 4

/**
 * Deletes objects, each whatever becomes of the others, and again where the API server was busy. Returns one sentence for each that stays,
 * with the command that deletes it; never throws.
 */
export async function deleteAll(
  { kubeconfig, context }: Pick<ClusterRecord, 'kubeconfig' | 'context'>,
  references: readonly ObjectReference[],
  { within = usualSeconds, ...patience }: Patience = {},
): Promise<readonly string[]> {
  const api = clusterApi(kubeconfig, context)
  const deadline = performance.now() + within * 1000
  const findings: string[] = []
  const waiting = references.values()
  const deleteNext = async (): Promise<void> => {
    for (const reference of waiting) {
      try {
        await api.delete(reference, { ...patience, within: (deadline - performance.now()) / 1000 })
      } catch (error) {
        const place = `--kubeconfig ${shellWord(kubeconfig)} --context ${shellWord(context)}`
        findings.push(`${notDeleted(reference, error)} By hand: kubectl ${place} ${deletion(reference)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: deletionsAtOnce }, deleteNext))
  return findings
}

/** That an object could not be deleted, and why, in a sentence. */
export function notDeleted({ kind, name }: ObjectReference, error: unknown): string {
  return `${kind} ${name} could not be deleted: ${reasonOf(error)}.`
}

/** What kubectl is told to delete an object. */
export function deletion({ kind, name, namespace }: ObjectReference): string {
  return `delete ${kind.toLowerCase()} ${name}${namespace === undefined ? '' : ` --namespace ${namespace}`}`
}

/** Why a request failed, without a full stop. */
export function reasonOf(error: unknown): string {
  if (error instanceof ApiException) return statusMessage(error)
  const { message, cause } = error instanceof Error ? error : { message: String(error), cause: undefined }
  const because = cause instanceof Error ? ` (${cause.message})` : ''
  return `${(message.split('\n')[0] ?? '').replace(/\.$/, '')}${because}`
}
