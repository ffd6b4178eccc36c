import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { withinCluster } from './held-cluster.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { makeReady } from './make-ready.ts'
import { projectRoot } from './project-root.ts'
import { runNode } from './run-node.ts'
import { createRunDirectory } from './run-directory.ts'
import { wholeNumber, withRunFlags } from './run-flags.ts'
import { planRun, type RunOptions } from './run-plan.ts'
import { say } from './say.ts'
import { strictCommand } from './strict-command.ts'
import { UsageError } from './usage-error.ts'
import { withInterruption } from './with-interruption.ts'

interface BenchOptions extends RunOptions {
  readonly samples: number
}

/** `holdfast bench`: how long an event takes from the API server to the history. */
export function bench(): Command {
  return withRunFlags(strictCommand({ name: 'bench', summary: 'measure the time from an event to the history of a suite' }))
    .option('--samples <number>', 'events to measure', wholeNumber(10), 300)
    .action(async (options: BenchOptions) => {
      process.exitCode = await runBench(options)
    })
}

async function runBench(options: BenchOptions): Promise<ExitCode> {
  const plan = planRun([], options)
  const script = join(projectRoot, 'harness', 'bench', 'event-latency.ts')
  if (!existsSync(script)) throw new UsageError(`The benchmark ${script} is missing.`, { fix: 'Check out the whole repository.' })
  return withInterruption(async ({ signal }) => {
    await makeReady(plan, signal)
    const run = createRunDirectory({ root: projectRoot, guarantees: [], now: new Date() })
    return withinCluster({ plan, runDirectory: run.path, signal }, async (record) => {
      say(`Measuring ${options.samples} events on ${record.name}.`)
      const cluster = join(run.path, 'cluster.json')
      const code = await runNode({
        root: projectRoot,
        args: [script, '--cluster', cluster, '--samples', String(options.samples)],
        env: { HOLDFAST_CLUSTER: cluster, HOLDFAST_RUN: run.path },
        signal,
      })
      return code === 0 ? exitCodes.success : exitCodes.violation
    })
  })
}
