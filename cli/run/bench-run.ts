import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { benchmarks, type BenchmarkName } from './benchmarks.ts'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { withinCluster } from './acquired-cluster.ts'
import { makeReady } from './make-ready.ts'
import { projectRoot } from '../shell/project-root.ts'
import { createRunDirectory } from './run-directory.ts'
import { runNode } from './run-node.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { needsOfPlan } from '../rights/rights-of-selection.ts'
import { log } from '../shell/log.ts'
import { UsageError } from '../shell/usage-error.ts'
import { withInterruption } from './with-interruption.ts'

/** Benchmarks to run, and how often. */
export interface BenchRequest {
  readonly plan: RunPlan
  readonly names: readonly BenchmarkName[]
  readonly numbers: { readonly samples: number; readonly rounds: number; readonly pods: number }
}

function scriptOf(name: BenchmarkName): string {
  const script = join(projectRoot, 'harness', 'bench', benchmarks[name].script)
  if (!existsSync(script)) throw new UsageError(`The benchmark ${script} is missing.`, { fix: 'Check out the whole repository.' })
  return script
}

/** Runs benchmarks of the harness as children, one after the other, on a cluster. */
export async function runBench({ plan, names, numbers }: BenchRequest): Promise<ExitCode> {
  const scripts = names.map((name) => ({ ...benchmarks[name], path: scriptOf(name) }))
  return withInterruption(async ({ signal }) => {
    const attached = await makeReady({ ...plan, needs: needsOfPlan(plan) }, signal)
    const run = createRunDirectory({ guarantees: [], assessor: plan.settings.assessor, now: new Date() })
    return withinCluster({ plan, attached, runDirectory: run.path, signal }, async (record) => {
      const env = { HOLDFAST_CLUSTER: join(run.path, 'cluster.json'), HOLDFAST_RUN: run.path }
      const codes: (number | null)[] = []
      for (const { path, number, says } of scripts) {
        log(`${says(numbers[number])} on ${record.name}.`)
        const args = [path, `--${number}`, String(numbers[number])]
        codes.push(await runNode({ root: projectRoot, args, env, signal }))
      }
      return codes.every((code) => code === 0) ? exitCodes.success : exitCodes.violation
    })
  })
}
