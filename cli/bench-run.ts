import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { withinCluster } from './held-cluster.ts'
import { makeReady } from './make-ready.ts'
import { projectRoot } from './project-root.ts'
import { createRunDirectory } from './run-directory.ts'
import { runNode } from './run-node.ts'
import type { RunPlan } from './run-plan.ts'
import { say } from './say.ts'
import { UsageError } from './usage-error.ts'
import { withInterruption } from './with-interruption.ts'

/** What is measured, and how often. */
export interface BenchWish {
  readonly plan: RunPlan
  readonly samples: number
}

/** Runs the benchmark of the harness as a child, on a cluster. */
export async function runBench({ plan, samples }: BenchWish): Promise<ExitCode> {
  const script = join(projectRoot, 'harness', 'bench', 'event-latency.ts')
  if (!existsSync(script)) throw new UsageError(`The benchmark ${script} is missing.`, { fix: 'Check out the whole repository.' })
  return withInterruption(async ({ signal }) => {
    await makeReady(plan, signal)
    const run = createRunDirectory({ root: projectRoot, guarantees: [], now: new Date() })
    return withinCluster({ plan, runDirectory: run.path, signal }, async (record) => {
      say(`Measuring ${samples} events on ${record.name}.`)
      const cluster = join(run.path, 'cluster.json')
      const code = await runNode({
        root: projectRoot,
        args: [script, '--cluster', cluster, '--samples', String(samples)],
        env: { HOLDFAST_CLUSTER: cluster, HOLDFAST_RUN: run.path },
        signal,
      })
      return code === 0 ? exitCodes.success : exitCodes.violation
    })
  })
}
