import { defineCheck } from '../../engine/judge/define-check.ts'
import type { Judgement } from '../../engine/judge/check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type KubectlCommand, kubectlRunOf } from './kubectl-run.ts'

/** A port-forward, and the page that is to come through it. */
export interface PageFetched {
  readonly command: KubectlCommand
  readonly body: string
}

/**
 * A page came through a port-forward with status 200. See
 * https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/
 */
export const pageFetched = defineCheck<PageFetched>({
  name: 'page-fetched',
  reads: [],
  describe: ({ command, body }) => `the page "${body}" comes through the port-forward (${command.label})`,
  judge,
})

function judge({ command, body }: PageFetched, history: readonly HistoryEntry[]): Judgement {
  const run = kubectlRunOf(history, command)
  if (run === undefined) return inconclusive(`kubectl (${command.label}) was never run.`)
  const { page, stderr, entry } = run
  const actual = page === undefined ? `nothing: ${stderr.trim()}` : `${page.status} ${page.body.trim()}`
  if (page?.status === 200 && page.body.trim() === body) return { outcome: 'upheld', evaluated: 1 }
  return violated(`The port-forward "${run.command}" brought another page.`, { expected: `200 ${body}`, actual, entries: [entry] })
}
