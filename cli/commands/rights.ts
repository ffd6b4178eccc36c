import type { Command } from 'commander'
import { ruleText } from '../../contract/rights.ts'
import { counted } from '../../contract/counted.ts'
import { readCatalogue, selectGuarantees } from '../catalogue/guarantee-catalogue.ts'
import { addRights, readRights, storedRights } from '../rights/recorded-rights.ts'
import { rightsOfRuns } from '../rights/rights-of-run.ts'
import { findRun } from '../run/find-run.ts'
import { log } from '../shell/log.ts'
import { projectRoot } from '../shell/project-root.ts'
import { strictCommand } from '../shell/strict-command.ts'

/** `holdfast rights [names…]`: the rights that each guarantee took in runs, and how the checkout learns of them. */
export function rights(): Command {
  return strictCommand({ name: 'rights', summary: 'list the rights that guarantees take; with --write, store those that runs have shown' })
    .option('--write', 'add what these runs have shown to suites/rights.json')
    .argument('[names...]', 'concepts, suites or guarantees; with --write, run ids or run directories')
    .action((names: string[], { write }: { readonly write?: boolean }) => {
      if (write === true) store(names)
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

function list(names: readonly string[]): void {
  const catalogue = readCatalogue(projectRoot)
  const recorded = readRights(selectGuarantees(catalogue, []).map(({ id }) => id))
  for (const { id } of selectGuarantees(catalogue, names)) {
    log(id)
    const rules = recorded.get(id)
    for (const line of rules?.map(ruleText) ?? ['not known yet']) log(`    ${line}`)
  }
}
