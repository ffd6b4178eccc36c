import { ApiException } from '@kubernetes/client-node'
import { shellWord } from '../contract/shell-word.ts'
import { clusterApi, type KubectlPlace, type ObjectReference } from './api.ts'
import { statusMessage } from './existing/status-message.ts'
import { isNoAnswer, type Patience } from './until-answered.ts'

/** Seconds for all deletions together; each is tried once even when they are over, unless the API server is silent. */
const usualSeconds = 60
const deletionsAtOnce = 4

/**
 * Deletes objects, each whatever becomes of the others, and again where the API server was busy. Once the time is over and the last try had
 * no answer, nothing more is sent. Returns a sentence for each that stays, with the command that deletes it, and one for all of a kind that
 * had no answer; never throws.
 */
export async function deleteAll(
  place: KubectlPlace,
  references: readonly ObjectReference[],
  { within = usualSeconds, ...patience }: Patience = {},
): Promise<readonly string[]> {
  const api = clusterApi(place.kubeconfig, place.context)
  const deadline = performance.now() + within * 1000
  const findingOn = (some: readonly ObjectReference[], error: unknown) => `${notDeleted(some, error)} By hand: ${deletion(place, some)}`
  const findings: string[] = []
  const unanswered: ObjectReference[] = []
  let noAnswer: unknown
  let isSilent = false
  const waiting = references.values()
  const deleteNext = async (): Promise<void> => {
    for (const reference of waiting) {
      if (isSilent && performance.now() > deadline) {
        unanswered.push(reference)
        continue
      }
      try {
        await api.delete(reference, { ...patience, within: (deadline - performance.now()) / 1000 })
        isSilent = false
      } catch (error) {
        isSilent = isNoAnswer(error)
        if (isSilent) {
          unanswered.push(reference)
          noAnswer = error
        } else findings.push(findingOn([reference], error))
      }
    }
  }
  await Promise.all(Array.from({ length: deletionsAtOnce }, deleteNext))
  const ofOneCommand = Map.groupBy(unanswered, ({ apiVersion, kind, namespace = '' }) => `${apiVersion} ${kind} ${namespace}`)
  return [...findings, ...[...ofOneCommand.values()].map((some) => findingOn(some, noAnswer))]
}

/** That objects of one kind could not be deleted, and why, in a sentence. */
export function notDeleted(references: readonly ObjectReference[], error: unknown): string {
  return `${references[0]?.kind ?? ''} ${references.map(({ name }) => name).join(', ')} could not be deleted: ${reasonOf(error)}.`
}

/** Why a request failed, without a full stop. */
export function reasonOf(error: unknown): string {
  if (error instanceof ApiException) return statusMessage(error)
  const { message, cause } = error instanceof Error ? error : { message: String(error), cause: undefined }
  const because = cause instanceof Error ? ` (${cause.message})` : ''
  return `${(message.split('\n')[0] ?? '').replace(/\.$/, '')}${because}`
}

/** The command that deletes objects of one kind and one namespace from a cluster. */
export function deletion({ kubeconfig, context }: KubectlPlace, references: readonly ObjectReference[]): string {
  const [{ kind, namespace } = { kind: '', namespace: undefined }] = references
  const names = references.map(({ name }) => name).join(' ')
  const of = `${kind.toLowerCase()} ${names}${namespace === undefined ? '' : ` --namespace ${namespace}`}`
  return `kubectl --kubeconfig ${shellWord(kubeconfig)} --context ${shellWord(context)} delete ${of}`
}
