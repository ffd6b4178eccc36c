import { defineCheck } from '../../engine/judge/define-check.ts'
import type { Judgement } from '../../engine/judge/check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type KubectlCommand, kubectlRunOf } from './kubectl-run.ts'

/** Rows of a table that `kubectl get` prints, by what is in the column NAME, and what is in other columns of them. */
export interface KubectlTable {
  readonly command: KubectlCommand
  readonly rows: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Whether there are no other rows. */
  readonly complete?: boolean
}

/**
 * `kubectl get` prints a table with these rows. For guarantees about what a person reads there. See
 * https://kubernetes.io/docs/reference/kubectl/generated/kubectl_get/
 */
export const kubectlTable = defineCheck<KubectlTable>({
  name: 'kubectl-table',
  reads: [],
  describe: ({ command, rows }) => `kubectl (${command.label}) prints ${JSON.stringify(rows)}`,
  judge,
})

function judge({ command, rows, complete = false }: KubectlTable, history: readonly HistoryEntry[]): Judgement {
  const run = kubectlRunOf(history, command)
  if (run === undefined) return inconclusive(`kubectl (${command.label}) was never run.`)
  const found = rowsIn(run.stdout)
  const wrong = (summary: string, of: { readonly expected: string; readonly actual: string }) =>
    violated(`The command "${run.command}" ${summary}.`, { ...of, entries: [run.entry] })
  for (const [name, columns] of Object.entries(rows)) {
    const row = found.get(name)
    if (row === undefined) return wrong(`shows no ${name}`, { expected: name, actual: [...found.keys()].join(', ') })
    for (const [column, expected] of Object.entries(columns)) {
      const actual = row[column] ?? 'no such column'
      if (actual !== expected) return wrong(`shows ${actual} as ${column} of ${name}, not ${expected}`, { expected, actual })
    }
  }
  const other = complete ? [...found.keys()].find((name) => !(name in rows)) : undefined
  if (other !== undefined)
    return wrong(`also shows ${other}`, { expected: Object.keys(rows).join(', '), actual: [...found.keys()].join(', ') })
  return { outcome: 'upheld', evaluated: Object.keys(rows).length }
}

/** Rows of a table by name. Each column begins where its title does. */
function rowsIn(stdout: string): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const [header = '', ...lines] = stdout.split('\n').filter((line) => line !== '')
  const titles = [...header.matchAll(/\S+(?: \S+)*/g)].map(({ 0: title, index }) => ({ title, from: index }))
  return new Map(
    lines.map((line) => {
      const row = Object.fromEntries(titles.map(({ title, from }, at) => [title, line.slice(from, titles[at + 1]?.from).trim()]))
      return [row['NAME'] ?? '', row]
    }),
  )
}
