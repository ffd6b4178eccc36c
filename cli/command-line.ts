import type { Command } from 'commander'
import { isPackage } from '../contract/distribution.ts'
import { archive } from './commands/archive.ts'
import { attest } from './commands/attest.ts'
import { bench } from './commands/bench.ts'
import { check } from './commands/check.ts'
import { compare } from './commands/compare.ts'
import { completion } from './commands/completion.ts'
import { doctor } from './commands/doctor.ts'
import { down } from './commands/down.ts'
import { printFailure } from './shell/failure.ts'
import { durations } from './commands/durations.ts'
import { guarantees } from './commands/guarantees.ts'
import { image } from './commands/image.ts'
import { init } from './commands/init.ts'
import { kills } from './commands/kills.ts'
import { knownFailures } from './commands/known-failures.ts'
import { list } from './commands/list.ts'
import { packageCommand } from './commands/package.ts'
import { publish } from './commands/publish.ts'
import { rbac } from './commands/rbac.ts'
import { recheck } from './commands/recheck.ts'
import { retrieve } from './commands/retrieve.ts'
import { rights } from './commands/rights.ts'
import { run } from './commands/run.ts'
import { sanity } from './commands/sanity.ts'
import { sensitivity } from './commands/sensitivity.ts'
import { shard } from './commands/shard.ts'
import { shards } from './commands/shards.ts'
import { isForCheckout, refuseOutsideCheckout } from './shell/checkout-only.ts'
import { isHelp, strictCommand } from './shell/strict-command.ts'
import { strangers } from './commands/strangers.ts'
import { summary } from './commands/summary.ts'
import { sweep } from './commands/sweep.ts'
import { test } from './commands/test.ts'
import { up } from './commands/up.ts'
import { upgrade } from './commands/upgrade.ts'
import { verify } from './commands/verify.ts'

const commands = [
  run,
  upgrade,
  test,
  check,
  bench,
  sanity,
  strangers,
  up,
  down,
  list,
  sweep,
  doctor,
  init,
  recheck,
  summary,
  compare,
  knownFailures,
  archive,
  publish,
  attest,
  verify,
  guarantees,
  sensitivity,
  kills,
  image,
  rbac,
  rights,
  durations,
  completion,
  retrieve,
  shards,
  shard,
  packageCommand,
]

/** The command line with all its commands, before it was given any words. */
export function commandLine(): Command {
  const program = strictCommand({
    name: 'holdfast',
    summary: 'Proves what Kubernetes documents about state, on a real cluster, with evidence.',
  })
  for (const make of commands) {
    const command = make()
    program.addCommand(command, { hidden: isPackage && isForCheckout(command.name()) })
  }
  program.hook('preAction', (_, command) => refuseOutsideCheckout(command))
  return program
}

/**
 * Runs one command, given the words after the program's name; without any it prints help. What fails is printed on standard error and sets
 * the exit code of the process.
 */
export async function runCommandLine(words: readonly string[]): Promise<void> {
  const program = commandLine()
  try {
    if (words.length === 0) program.outputHelp()
    else await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    if (!isHelp(error)) process.exitCode = printFailure(error)
  }
}
