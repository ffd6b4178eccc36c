import type { Command } from 'commander'
import { isPackage } from '../../contract/distribution.ts'
import { UsageError } from './usage-error.ts'

/** Commands that test Holdfast itself, or keep its repository up to date. */
const commands: ReadonlySet<string> = new Set(['bench', 'check', 'durations', 'package', 'sanity', 'strangers', 'test'])

/** Commands that keep the repository up to date when they are given `--write`. */
const writers: ReadonlySet<string> = new Set(['guarantees', 'kills', 'rights'])

/** Whether a command only makes sense in a checkout, whatever its flags. */
export function isForCheckout(name: string): boolean {
  return commands.has(name)
}

/** Throws a `UsageError` for what only makes sense in a checkout, where this is the package. */
export function refuseOutsideCheckout(command: Command, outside: boolean = isPackage): void {
  const name = command.name()
  const writes = writers.has(name) && command.opts<{ readonly write?: boolean }>().write === true
  if (!outside || (!commands.has(name) && !writes)) return
  throw new UsageError(
    `"holdfast ${name}${writes ? ' --write' : ''}" works on a checkout of Holdfast, and this is the installed package.`,
    {
      fix: 'Clone the repository and run it there.',
    },
  )
}
