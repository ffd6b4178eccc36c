import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { addDurations, ownDurations, readDurations, storedDurations } from '../budget/durations.ts'
import { measuredDurations } from '../budget/measured.ts'
import { findRun } from '../run/find-run.ts'
import { positiveNumber } from '../plan/run-flags.ts'
import { type JsonFlag, printJson, withJson } from '../shell/json-option.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { table } from '../shell/table.ts'
import { UsageError } from '../shell/usage-error.ts'

interface DurationsOptions extends JsonFlag {
  readonly list?: boolean
  readonly slowness: number
}

/** `holdfast durations [runs…]`: brings the durations of this checkout up to date, by which `npm test -- --minutes` plans. */
export function durations(): Command {
  const summary = 'store how long guarantees and controls take, for planning "npm test -- --minutes"'
  return withJson(strictCommand({ name: 'durations', summary }), { says: 'with --list: print them as one JSON document, and nothing else' })
    .option('--list', 'print those that are stored, in seconds, and store nothing')
    .option('--slowness <number>', 'how many times slower than the reference machine the machine of the runs is', positiveNumber, 1)
    .argument('[runs...]', 'run ids or run directories; by default what "npm test" recorded on this machine')
    .action((names: string[], { slowness, list = false, json = false }: DurationsOptions) => {
      if (json && !list) throw new UsageError('--json only applies to --list.', { fix: 'Add --list.' })
      if (list) return print(names, { json })
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

function print(runs: readonly string[], { json }: { readonly json: boolean }): void {
  if (runs.length > 0) throw new UsageError('--list prints what is stored, and takes no runs.', { fix: 'Leave the runs out.' })
  const stored = readDurations()
  if (json) return printJson(stored)
  const rows = Object.entries({ ...stored.stages, ...stored.guarantees, ...stored.controls }).map(([id, seconds]) => [
    id,
    seconds.toFixed(1),
  ])
  for (const line of table(rows)) log(line)
}

function noted() {
  const path = ownDurations()
  if (existsSync(path)) return readDurations(path)
  throw new UsageError(`There are no durations in ${path}.`, { fix: 'Run "npm test" on this machine first, or name runs.' })
}
