import { defineCheck } from '../../engine/judge/define-check.ts'
import type { Judgement } from '../../engine/judge/check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type KubectlCommand, kubectlRunOf } from './kubectl-run.ts'

/** What somebody reads who runs a command. */
export interface KubectlPrinted {
  readonly command: KubectlCommand
  /** 0 when absent. */
  readonly exitCode?: number
  /**
   * Each is part of a line on either output, with one space where there are several; ` … ` stands for anything, such as the age of an
   * Event.
   */
  readonly lines?: readonly string[]
  /** No line has any of these. */
  readonly without?: readonly string[]
}

/**
 * A command of kubectl ended with an exit code, and a person can read something in what it printed. For guarantees about what a person
 * reads there. See https://kubernetes.io/docs/reference/kubectl/
 */
export const kubectlPrinted = defineCheck<KubectlPrinted>({
  name: 'kubectl-printed',
  reads: [],
  describe: ({ command, exitCode = 0, lines = [], without = [] }) =>
    [
      `kubectl (${command.label}) ended with ${exitCode}`,
      ...(lines.length === 0 ? [] : [`and printed ${quoted(lines)}`]),
      ...(without.length === 0 ? [] : [`without ${quoted(without)}`]),
    ].join(' '),
  judge,
})

function judge({ command, exitCode = 0, lines = [], without = [] }: KubectlPrinted, history: readonly HistoryEntry[]): Judgement {
  const run = kubectlRunOf(history, command)
  if (run === undefined) return inconclusive(`kubectl (${command.label}) was never run.`)
  const { entry } = run
  const printed = `${run.stdout}\n${run.stderr}`.split('\n').map((line) => line.replaceAll(/\s+/g, ' ').trim())
  const has = (part: string) => printed.some((line) => hasInOrder(line, part.split(' … ')))
  const missing = lines.filter((part) => !has(part))
  const unwanted = without.filter(has)
  const wrong = [
    ...(run.exitCode === exitCode ? [] : [`ended with ${run.exitCode}, not with ${exitCode}`]),
    ...(missing.length === 0 ? [] : [`did not print ${quoted(missing)}`]),
    ...(unwanted.length === 0 ? [] : [`printed ${quoted(unwanted)}`]),
  ]
  if (wrong.length === 0) return { outcome: 'upheld', evaluated: 1 + lines.length + without.length }
  const actual = printed.filter((line) => line !== '').join('\n')
  return violated(`The command "${run.command}" ${wrong.join(', ')}.`, {
    expected: quoted(lines),
    actual: actual.slice(0, most),
    entries: [entry],
  })
}

/** Whether a line has all parts, each behind the one before. */
function hasInOrder(line: string, parts: readonly string[]): boolean {
  let from = 0
  return parts.every((part) => {
    const at = line.indexOf(part, from)
    from = at + part.length
    return at !== -1
  })
}

/** Characters of the output in a message; all of it is in the history. */
const most = 2000

function quoted(parts: readonly string[]): string {
  return parts.map((part) => `"${part}"`).join(', ')
}
