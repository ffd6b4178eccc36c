/**
 * Says where the time of a run went: what its guarantees waited for, by their histories; and which processes of this machine kept the cores
 * busy meanwhile, where it starts the run itself:
 *
 *   node scripts/profile.ts reports/out/<run>
 *   node scripts/profile.ts -- run --profile standard
 *
 * Exit code 0: the profile was printed; 1: the run left no evidence; 3: wrong usage.
 */
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { $, echo } from 'zx'
import { podStartsOf } from './profile/pod-starts.ts'
import { ticksByKind } from './profile/processes.ts'
import { readRecords } from './profile/run-records.ts'
import { aroundVerdict, secondsByNumber, stretchesOf } from './profile/stretches.ts'
import { tableOf, totals } from './profile/totals.ts'
import { watchProcesses } from './profile/watch-processes.ts'

const root = dirname(import.meta.dirname)
const rows = 40

/** Starts Holdfast with these arguments and prints which processes were busy. Returns the directory of the run, where there is one. */
async function profiledRun(args: readonly string[]): Promise<string | undefined> {
  const ended = new AbortController()
  const watching = watchProcesses(ended.signal)
  const ticksPerSecond = Number((await $({ quiet: true })`getconf CLK_TCK`).stdout)
  const start = performance.now()
  const { stdout, exitCode } = await $({ cwd: root, nothrow: true, quiet: true })`${join(root, 'holdfast')} ${args}`
  const seconds = (performance.now() - start) / 1000
  ended.abort()
  const cpu = [...ticksByKind(await watching)].map(([what, ticks]) => ({ kind: what, what, seconds: ticks / ticksPerSecond }))
  const sums = totals(cpu, ({ kind }) => kind)
  const all = seconds * availableParallelism()
  const busy = (100 * sums.reduce((sum, total) => sum + total.seconds, 0)) / all
  echo(`${args.join(' ')} ended with exit code ${exitCode} after ${seconds.toFixed(1)} s; the cores were busy for ${busy.toFixed(0)} %.\n`)
  echo(`${tableOf('seconds of a core, share of all cores', sums, all)}\n`)
  return /^\s+evidence\s+(\S+)$/m.exec(stdout)?.[1]
}

/** Prints what the guarantees of a run waited for. Returns whether there was anything to read. */
function printWaits(run: string): boolean {
  const records = readRecords(run)
  if (records.length === 0) return false
  const around = records.flatMap((record) => aroundVerdict(record) ?? [])
  const stretches = records.flatMap(stretchesOf)
  const all = stretches.reduce((sum, { seconds }) => sum + seconds, 0)
  const sumOf = (seconds: readonly number[]) => seconds.reduce((sum, one) => sum + one, 0)
  const byNumber = [...secondsByNumber(records)].toSorted(([one], [other]) => one - other)
  const span = sumOf(byNumber.map(([, seconds]) => seconds))
  const tearDowns = around.map(({ tearDown }) => tearDown).toSorted((one, other) => one - other)
  echo(
    `${records.length} guarantees of ${run}: judged for ${all.toFixed(0)} s within ${span.toFixed(0)} s, ${(all / span).toFixed(2)} at a time.`,
  )
  echo(`Of them were judged at the same time: ${byNumber.map(([number, seconds]) => `${number} for ${seconds.toFixed(0)} s`).join(', ')}.`)
  if (around.length > 0) {
    const median = tearDowns[Math.floor(tearDowns.length / 2)] ?? 0
    echo(`Waits for a slot took ${sumOf(around.map(({ queued }) => queued)).toFixed(0)} s in all.`)
    echo(
      `Tear-downs took ${sumOf(tearDowns).toFixed(0)} s in all, ${median.toFixed(1)} s in the median, ${(tearDowns.at(-1) ?? 0).toFixed(1)} s at most.`,
    )
  }
  echo(
    `\n${tableOf(
      'what',
      totals(stretches, ({ kind }) => kind),
      all,
    )}\n`,
  )
  const each = totals(stretches, ({ kind, what }) => (what === '' ? kind : `${kind}: ${what}`))
  echo(`${tableOf('which', each.slice(0, rows), all)}\n`)
  const starts = records.flatMap(podStartsOf)
  const inParts = totals(starts, ({ kind, what }) => `${kind}: ${what}`).toSorted((one, other) => one.name.localeCompare(other.name))
  echo(
    tableOf(
      'start of a Pod',
      inParts,
      starts.reduce((sum, { seconds }) => sum + seconds, 0),
    ),
  )
  return true
}

function refuse(sentence: string): never {
  echo(`${sentence} Usage: node scripts/profile.ts reports/out/<run>, or node scripts/profile.ts -- run --profile standard`)
  return process.exit(3)
}

const [given, ...args] = process.argv.slice(2)
if (given === undefined || (given === '--' && args.length === 0)) refuse('Nothing to profile was named.')
if (given !== '--' && !existsSync(given)) refuse(`There is no run ${given}.`)
const run = given === '--' ? await profiledRun(args) : given
if (run === undefined || !printWaits(run)) {
  echo('The run left no histories: a published copy keeps those of a few guarantees alone.')
  process.exitCode = 1
}
