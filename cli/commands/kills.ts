import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { readComponentMutants } from '../../clusters/index.ts'
import { readCatalogue, selectGuarantees } from '../catalogue/guarantee-catalogue.ts'
import { type DeclaredPair, declaredPairs } from '../kills/declared-pairs.ts'
import { killsText, readKills, storedKills } from '../kills/kill-record.ts'
import { killSummary, summaryJson, summaryLines } from '../kills/kill-summary.ts'
import { killsOfRun } from '../kills/kills-of-run.ts'
import { killsPage } from '../kills/kills-page.ts'
import { killFaults, mergeKills, reconcile } from '../kills/merge-kills.ts'
import { findRun } from '../run/find-run.ts'
import { type JsonFlag, printJson, withJson } from '../shell/json-option.ts'
import { log } from '../shell/log.ts'
import { projectRoot } from '../shell/project-root.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

const file = join(projectRoot, storedKills)
const page = join(projectRoot, 'docs', 'kills.md')

interface KillsOptions extends JsonFlag {
  readonly write?: boolean
}

/** `holdfast kills [runs…]`: which mutants were killed by which guarantees, and how the checkout learns of it. */
export function kills(): Command {
  const summary = 'sum up which mutants were killed; with --write, store what runs have shown'
  return withJson(strictCommand({ name: 'kills', summary }))
    .option('--write', 'add what these runs have shown to suites/kills.json, and write docs/kills.md')
    .argument('[runs...]', 'with --write: run ids or run directories')
    .action((runs: string[], { write, json = false }: KillsOptions) => {
      if (write !== true && runs.length > 0)
        throw new UsageError('Runs are only named to store what they have shown.', { fix: 'Add --write, or name no runs.' })
      const pairs = pairsOfCheckout()
      if (write === true) store(runs, pairs)
      const found = killSummary(readKills(), pairs)
      if (json) return printJson(summaryJson(found))
      for (const line of summaryLines(found)) log(line)
    })
}

function pairsOfCheckout(): readonly DeclaredPair[] {
  return declaredPairs(selectGuarantees(readCatalogue(projectRoot), []), readComponentMutants())
}

function store(runs: readonly string[], pairs: readonly DeclaredPair[]): void {
  const recent = runs.flatMap((run) => killsOfRun(findRun(run)))
  const { kept, dropped } = reconcile(mergeKills(readKills(), recent), pairs)
  for (const { guarantee, mutant } of dropped) process.stderr.write(`Left out, because nobody declares it: ${mutant} under ${guarantee}.\n`)
  writeFileSync(file, killsText(kept))
  writeFileSync(page, killsPage(readKills(), pairs))
}

/** What is wrong with the stored records and their page, a sentence each. */
export function faultsOfKills(): readonly string[] {
  const [records, pairs] = [readKills(), pairsOfCheckout()]
  const faults = killFaults(records, pairs)
  const isWritten = existsSync(file) && readFileSync(file, 'utf8') === killsText(records)
  const isCurrent = existsSync(page) && readFileSync(page, 'utf8') === killsPage(records, pairs)
  return [
    ...faults,
    ...(isWritten ? [] : [`${storedKills} is not as it is written: a line for each record, in order.`]),
    ...(isCurrent ? [] : [`docs/kills.md does not match ${storedKills}, the suites and the mutants of components.`]),
  ]
}
