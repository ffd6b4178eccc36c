import type { Command } from 'commander'
import { type RightsRule, ruleText } from '../../contract/rights.ts'
import { counted } from '../../contract/counted.ts'
import { readCatalogue, selectGuarantees } from '../catalogue/guarantee-catalogue.ts'
import { addRights, readRights, storedRights } from '../rights/recorded-rights.ts'
import { rightsOfRuns } from '../rights/rights-of-run.ts'
import { findRun } from '../run/find-run.ts'
import { type JsonFlag, printJson, withJson } from '../shell/json-option.ts'
import { log } from '../shell/log.ts'
import { projectRoot } from '../shell/project-root.ts'
import { strictCommand } from '../shell/strict-command.ts'

/** `holdfast rights [names…]`: the rights that each guarantee took in runs, and how the checkout learns of them. */
export function rights(): Command {
  const summary = 'list the rights that guarantees take; with --write, store those that runs have shown'
  return withJson(strictCommand({ name: 'rights', summary }), { conflicts: ['write'] })
    .option('--write', 'add what these runs have shown to suites/rights.json')
    .argument('[names...]', 'concepts, suites or guarantees; with --write, run ids or run directories')
    .action((names: string[], { write, json = false }: JsonFlag & { readonly write?: boolean }) => {
      if (write === true) store(names)
      else if (json) printJson(rightsOfNames(names))
      else list(names)
    })
}

function store(runs: readonly string[]): void {
  const known = selectGuarantees(readCatalogue(projectRoot), []).map(({ id }) => id)
  const recent = rightsOfRuns(runs.map((run) => findRun(run)))
  addRights(storedRights, { recent, known })
  const stored = readRights(known)
  log(`Stored the rights of ${counted(recent.size, 'guarantees')} in ${storedRights}; of ${known.length - stored.size} none are known yet.`)
}

/** The rules of each guarantee that names stand for, as runs have shown them; without rules where none has. */
function rightsOfNames(names: readonly string[]): readonly { readonly id: string; readonly rules?: readonly RightsRule[] }[] {
  const catalogue = readCatalogue(projectRoot)
  const recorded = readRights(selectGuarantees(catalogue, []).map(({ id }) => id))
  return selectGuarantees(catalogue, names).map(({ id }) => {
    const rules = recorded.get(id)
    return { id, ...(rules !== undefined && { rules }) }
  })
}

function list(names: readonly string[]): void {
  for (const { id, rules } of rightsOfNames(names)) {
    log(id)
    for (const line of rules?.map(ruleText) ?? ['not known yet']) log(`    ${line}`)
  }
}
