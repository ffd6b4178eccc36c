import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { addDurations, ownDurations, readDurations, storedDurations } from '../budget/durations.ts'
import { measuredDurations } from '../budget/measured.ts'
import { findRun } from '../run/find-run.ts'
import { positiveNumber } from '../plan/run-flags.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

interface DurationsOptions {
  readonly slowness: number
}

/** `holdfast durations [runs…]`: brings the durations of this checkout up to date, by which `npm test -- --minutes` plans. */
export function durations(): Command {
  return strictCommand({ name: 'durations', summary: 'store how long guarantees and controls take, for planning "npm test -- --minutes"' })
    .option('--slowness <number>', 'how many times slower than the reference machine the machine of the runs is', positiveNumber, 1)
    .argument('[runs...]', 'run ids or run directories; by default what "npm test" recorded on this machine')
    .action((names: string[], { slowness }: DurationsOptions) => {
      const { probeSeconds } = readDurations()
      const recent =
        names.length === 0
          ? noted()
          : measuredDurations({ runDirectories: names.map((name) => findRun(name)), stages: [], slowness, probeSeconds })
      addDurations(storedDurations, { ...recent, probeSeconds })
      const [guarantees, controls] = [recent.guarantees, recent.controls].map((some) => Object.keys(some).length)
      log(`Stored the durations of ${guarantees} guarantees and ${controls} controls in ${storedDurations}.`)
    })
}

function noted() {
  const path = ownDurations()
  if (existsSync(path)) return readDurations(path)
  throw new UsageError(`There are no durations in ${path}.`, { fix: 'Run "npm test" on this machine first, or name runs.' })
}
