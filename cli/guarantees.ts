import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { readCatalogue } from './guarantee-catalogue.ts'
import { guaranteesPage } from './guarantees-page.ts'
import { projectRoot } from './project-root.ts'
import { say } from './say.ts'
import { strictCommand } from './strict-command.ts'

const page = join(projectRoot, 'docs', 'guarantees.md')

/** `holdfast guarantees`: what is proved, read from the suites without running them. */
export function guarantees(): Command {
  return strictCommand({ name: 'guarantees', summary: 'list every guarantee, or write docs/guarantees.md' })
    .option('--write', 'write docs/guarantees.md')
    .action(({ write }: { readonly write?: boolean }) => {
      const catalogue = readCatalogue(projectRoot)
      if (write === true) {
        writeFileSync(page, guaranteesPage(catalogue))
        say(`Wrote ${page}.`)
        return
      }
      for (const suite of catalogue) {
        for (const { id, level, statement } of suite.guarantees) say(`${id}  ${level}  ${statement}`)
      }
    })
}

/** Whether docs/guarantees.md says what the suites say. */
export function isPageCurrent(): boolean {
  return existsSync(page) && readFileSync(page, 'utf8') === guaranteesPage(readCatalogue(projectRoot))
}
