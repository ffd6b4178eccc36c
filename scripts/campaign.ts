/**
 * Runs a profile many times, idle and with busy cores, each time on a cluster of its own, and demands the same verdicts:
 *
 *   node scripts/campaign.ts --idle 5 --busy 5 --profile standard
 *
 * Flags behind `--` go to `holdfast run`. Exit code 0: every guarantee passed in every run; 1: some did not; 3: wrong usage.
 */
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { $, chalk, echo } from 'zx'
import { busyCores } from './busy-cores.ts'
import { deviationsOf, readVerdicts, type RunVerdicts } from './verdict-table.ts'

const root = dirname(import.meta.dirname)

function readFlags() {
  try {
    const { values, positionals } = parseArgs({
      options: {
        idle: { type: 'string', default: '1' },
        busy: { type: 'string', default: '0' },
        profile: { type: 'string', default: 'standard' },
      },
      allowPositionals: true,
    })
    const [idle, busy] = [Number(values.idle), Number(values.busy)]
    if (![idle, busy].every((count) => Number.isInteger(count) && count >= 0) || idle + busy === 0)
      throw new RangeError('--idle and --busy are numbers of runs, and at least one run is needed.')
    return { idle, busy, profile: values.profile, rest: positionals }
  } catch (error) {
    echo(`${error instanceof Error ? error.message : String(error)} Usage: node scripts/campaign.ts --idle 5 --busy 5 --profile standard`)
    return process.exit(3)
  }
}

const { idle, busy, profile, rest } = readFlags()

/** One run. Returns its verdicts; a run without a report is an error, not a result. */
async function runOnce(name: string, cores: number): Promise<RunVerdicts> {
  await using load = new AsyncDisposableStack()
  load.use(busyCores(cores))
  const start = performance.now()
  const { stdout, exitCode } = await $({
    cwd: root,
    nothrow: true,
    quiet: true,
  })`${join(root, 'holdfast')} run --profile ${profile} ${rest}`
  const directory = /^\s+evidence\s+(\S+)$/m.exec(stdout)?.[1]
  if (directory === undefined) throw new Error(`Run "${name}" left no report:\n${stdout.split('\n').slice(-20).join('\n')}`)
  const found = readVerdicts(name, directory)
  const passed = [...found.verdicts.values()].filter(({ verdict }) => verdict === 'Passed').length
  const seconds = ((performance.now() - start) / 1000).toFixed(0)
  echo(`${name}: ${passed} of ${found.verdicts.size} Passed in ${seconds} s, exit code ${exitCode}, ${directory}`)
  return found
}

const runs: RunVerdicts[] = []
for (let count = 1; count <= idle; count += 1) runs.push(await runOnce(`idle ${count}`, 0))
for (let count = 1; count <= busy; count += 1) runs.push(await runOnce(`busy ${count}`, availableParallelism()))

const deviations = deviationsOf(runs)
for (const { id, lines } of deviations) echo(`${chalk.red(id)}\n${lines.map((line) => `  ${line}`).join('\n')}`)
echo(`${runs.length} runs, ${deviations.length} guarantees that did not pass in each of them.`)
process.exitCode = deviations.length === 0 ? 0 : 1
