import type { Command } from 'commander'
import { withinCluster } from './held-cluster.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { killTable } from './kill-table.ts'
import { makeReady } from './make-ready.ts'
import { didYouMean } from './nearest-name.ts'
import { projectRoot } from './project-root.ts'
import { mutantsOf, runControls } from './run-controls.ts'
import { createRunDirectory } from './run-directory.ts'
import { withRunFlags } from './run-flags.ts'
import { planRun, type RunOptions, type RunPlan } from './run-plan.ts'
import { say } from './say.ts'
import { strictCommand } from './strict-command.ts'
import { UsageError } from './usage-error.ts'
import { withInterruption } from './with-interruption.ts'

interface SensitivityOptions extends RunOptions {
  readonly guarantee?: readonly string[]
}

/** `holdfast sensitivity [mutants…]`: shows that every guarantee can fail. */
export function sensitivity(): Command {
  return withRunFlags(strictCommand({ name: 'sensitivity', summary: 'run the suites against broken clusters and demand that they fail' }))
    .option('--guarantee <names...>', 'only these concepts, suites or guarantee ids')
    .argument('[mutants...]', 'mutants to run; every one that a guarantee names when none is given')
    .action(async (names: string[], options: SensitivityOptions) => {
      const plan = planRun(options.guarantee ?? [], options)
      refuseUnknownMutants(plan, names)
      process.exitCode = await runSensitivity(plan, names)
    })
}

async function runSensitivity(plan: RunPlan, names: readonly string[]): Promise<ExitCode> {
  return withInterruption(async (interruption) => {
    const { signal } = interruption
    await makeReady(plan, signal)
    const run = createRunDirectory({ root: projectRoot, guarantees: plan.guarantees, now: new Date() })
    const rows = await withinCluster({ plan, runDirectory: run.path, signal }, (record) =>
      runControls({ run, record, ...plan, signal, ...(names.length === 0 ? {} : { mutants: names }) }),
    )
    for (const line of killTable(rows)) say(line)
    say(`Evidence: ${run.path}/mutants`)
    return rows.length > 0 && rows.every(({ killed }) => killed) ? exitCodes.success : exitCodes.violation
  })
}

function refuseUnknownMutants(plan: RunPlan, names: readonly string[]): void {
  const known = [...mutantsOf(plan.guarantees).keys()]
  for (const name of names) {
    if (!known.includes(name)) {
      throw new UsageError(`No guarantee names the mutant ${name}.${didYouMean(name, known)}`, { fix: `Use one of ${known.join(', ')}.` })
    }
  }
}
