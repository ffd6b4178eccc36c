import { defineCheck } from '../../engine/judge/define-check.ts'
import type { Judgement } from '../../engine/judge/check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field } from '../../engine/object.ts'
import { type KubectlCommand, kubectlRunOf } from './kubectl-run.ts'

/** A `kubectl delete`, and the grace period that it is to ask the API server for: null for none, which leaves that of the Pod. */
export interface DeletionAsked {
  readonly command: KubectlCommand
  readonly gracePeriodSeconds: number | null
}

/**
 * `kubectl delete` asks the API server for a deletion with a grace period. See
 * https://kubernetes.io/docs/reference/kubectl/generated/kubectl_delete/
 */
export const deletionAsked = defineCheck<DeletionAsked>({
  name: 'deletion-asked',
  reads: [],
  describe: ({ command, gracePeriodSeconds }) => `kubectl (${command.label}) asks for ${inWords(gracePeriodSeconds)}`,
  judge,
})

function judge({ command, gracePeriodSeconds }: DeletionAsked, history: readonly HistoryEntry[]): Judgement {
  const run = kubectlRunOf(history, command)
  if (run === undefined) return inconclusive(`kubectl (${command.label}) was never run.`)
  const asked = run.requests.filter(({ method }) => method === 'DELETE').map(({ options }) => field(options, 'gracePeriodSeconds') ?? null)
  if (asked.length === 0) return inconclusive(`The command "${run.command}" asked for no deletion.`, [run.entry.seq])
  const other = asked.find((seconds) => seconds !== gracePeriodSeconds)
  if (other === undefined) return { outcome: 'upheld', evaluated: asked.length }
  return violated(`The command "${run.command}" asked for ${inWords(other)}.`, {
    expected: inWords(gracePeriodSeconds),
    actual: inWords(other),
    entries: [run.entry],
  })
}

function inWords(seconds: unknown): string {
  return seconds === null ? 'no grace period of its own' : `a grace period of ${JSON.stringify(seconds)} s`
}
