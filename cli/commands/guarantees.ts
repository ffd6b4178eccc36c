import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { type CoveredEntry, statusOf } from '../../reports/model/ledger.ts'
import { readCatalogue } from '../catalogue/guarantee-catalogue.ts'
import { guaranteesPage } from '../catalogue/guarantees-page.ts'
import { clauseFaults, scenarioLabels } from '../catalogue/clause-faults.ts'
import { ledgerFaults } from '../catalogue/ledger-faults.ts'
import { readOwnSuites } from '../own-suites/read-own-suites.ts'
import { collected } from '../plan/run-flags.ts'
import { projectRoot } from '../shell/project-root.ts'
import { readLedger } from '../catalogue/read-ledger.ts'
import { type JsonFlag, printJson, withJson } from '../shell/json-option.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

const page = join(projectRoot, 'docs', 'guarantees.md')

/** `holdfast guarantees`: what is stated and what is checked, read from the ledger and the suites without running them. */
export function guarantees(): Command {
  const command = strictCommand({ name: 'guarantees', summary: 'list documented statements and the guarantees that check them' })
  return withJson(command, { conflicts: ['write'] })
    .option('--write', 'write docs/guarantees.md')
    .option('--suites <directory>', 'list the statements and guarantees of these suites, which are not of Holdfast; repeatable', collected)
    .action(({ write, json = false, suites }: JsonFlag & { readonly write?: boolean; readonly suites?: readonly string[] }) => {
      if (write === true && suites !== undefined)
        throw new UsageError('--write and --suites cannot be used together.', {
          fix: 'docs/guarantees.md has the guarantees of Holdfast alone.',
        })
      const { catalogue, ledger } = suites === undefined ? readBoth() : readOwnSuites(suites, readCatalogue(projectRoot))
      if (write === true) {
        writeFileSync(page, guaranteesPage(catalogue, ledger))
        return log(`Wrote ${page}.`)
      }
      if (json) return printJson(ledger.map(listed))
      for (const line of ledger.flatMap(linesOf)) log(line)
    })
}

function readBoth() {
  const catalogue = readCatalogue(projectRoot)
  return { catalogue, ledger: readLedger(projectRoot, catalogue) }
}

function listed({ notTestable, documentation = [], documents = {}, guarantees: provedBy, verdict, ...entry }: CoveredEntry) {
  const reason = provedBy.length > 0 ? undefined : (notTestable ?? 'No suite checks it yet.')
  return { ...entry, expected: verdict, sources: { documentation, documents }, guarantees: provedBy, ...(reason && { reason }) }
}

function linesOf(entry: CoveredEntry): readonly string[] {
  const { id, level, verdict, statement, guarantees: provedBy, notTestable } = entry
  const status = statusOf(entry)
  const how = status === 'checked' ? provedBy.join(', ') : status === 'no check yet' ? status : `not testable: ${notTestable ?? ''}`
  return [`${id}  ${level}  ${verdict}  ${statement}`, `    ${how}`]
}

/** Whether docs/guarantees.md says what the ledger and the suites say. */
export function isPageCurrent(): boolean {
  const { catalogue, ledger } = readBoth()
  return existsSync(page) && readFileSync(page, 'utf8') === guaranteesPage(catalogue, ledger)
}

/** Where the ledger and the suites contradict each other, a sentence each. */
export function faultsOfLedger(): readonly string[] {
  const { catalogue, ledger } = readBoth()
  return [...ledgerFaults(ledger, catalogue), ...clauseFaults(ledger, { catalogue, shared: scenarioLabels(projectRoot) })]
}
