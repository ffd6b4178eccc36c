import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { commandLine } from '../command-line.ts'
import { readPage } from '../pages/page.ts'
import { mergeSettings, planRun, type RunOptions } from '../plan/run-plan.ts'
import { projectRoot } from '../shell/project-root.ts'

/** Files of a reader that commands name and no page shows: those of another page, or an empty one. */
const standIns = {
  config: undefined,
  driver: { page: 'docs/judge-a-csi-driver.md', name: 'driver.yaml' },
  knownFailures: { page: 'docs/known-failures.md', name: 'known-failures.yaml' },
} as const

/**
 * The command line as it is, but that its commands do nothing, and those for which a run is planned do no more than that. Files that a
 * command names are taken from its page, from the checkout, or written into an empty directory.
 */
export function parsingOnly(page: string, directory: string): Command {
  const program = commandLine()
  const kubeconfig = join(directory, 'kubeconfig')
  writeFileSync(kubeconfig, 'contexts: [{name: one}]\ncurrent-context: one\n')
  const file = (kind: keyof typeof standIns, name: string) => shownFile({ page, directory, name, kind })
  const given = (options: RunOptions): RunOptions => ({
    ...options,
    config: file('config', options.config ?? 'no settings'),
    ...(options.kubeconfig !== undefined && { kubeconfig }),
    ...(options.driver !== undefined && { driver: file('driver', options.driver) }),
    ...(options.knownFailures !== undefined && { knownFailures: file('knownFailures', options.knownFailures) }),
  })
  // What contributors are shown may be about something that they are to add first.
  const plans = page !== 'CONTRIBUTING.md'
  for (const command of program.commands.flatMap((each) => (each.commands.length === 0 ? [each] : each.commands))) {
    const name = command.name()
    if (plans && name === 'run') command.action((names: string[], options: RunOptions) => void planRun(names, given(options)))
    // Where Velero is, is no part of what it plans.
    else if (plans && name === 'rbac')
      command.action((names: string[], options: RunOptions) => {
        const { veleroNamespace: _, ...planned } = options
        planRun(names, given(planned))
      })
    else if (plans && name === 'up') command.action((options: RunOptions) => void mergeSettings(given(options)))
    else command.action(() => undefined)
  }
  return program
}

interface Named {
  readonly page: string
  readonly directory: string
  readonly name: string
  readonly kind: keyof typeof standIns
}

/** A file that a command names: one whose content the page shows, one of the checkout, or what stands in for a file of the reader. */
function shownFile({ page, directory, name, kind }: Named): string {
  const inCheckout = join(projectRoot, name)
  const shown = blockOf(page, name)
  if (shown === undefined && existsSync(inCheckout)) return inCheckout
  const other = standIns[kind]
  const path = join(directory, name.replaceAll('/', '-'))
  writeFileSync(path, shown ?? (other === undefined ? '' : (blockOf(other.page, other.name) ?? '')))
  return path
}

function blockOf(page: string, name: string): string | undefined {
  const { blocks } = readPage(readFileSync(join(projectRoot, page), 'utf8'))
  return blocks.find(({ use }) => use?.kind === 'file' && use.name === name)?.text
}
