import type { Command } from 'commander'
import { createCluster, listClusters } from '../clusters/index.ts'
import { exitCodes } from './exit-code.ts'
import { sayHowToReach } from './held-cluster.ts'
import { makeReady } from './make-ready.ts'
import { withClusterFlags } from './run-flags.ts'
import { mergeSettings, type RunOptions } from './run-plan.ts'
import { say } from './say.ts'
import { strictCommand } from './strict-command.ts'
import { UsageError } from './usage-error.ts'
import { withInterruption } from './with-interruption.ts'

interface UpOptions extends Pick<RunOptions, 'config' | 'profile' | 'workers' | 'retain'> {
  readonly name?: string
}

/** `holdfast up`: a cluster that stays until `holdfast down`. */
export function up(): Command {
  return withClusterFlags(strictCommand({ name: 'up', summary: 'make a cluster and keep it for "holdfast run --cluster"' }))
    .option('--name <name>', 'name of the cluster; it starts with holdfast-')
    .option('--retain', 'keep what there is of the cluster when its start fails')
    .action(async (options: UpOptions) => {
      process.exitCode = await withInterruption(async ({ signal }) => {
        const settings = mergeSettings(options)
        refuseBadName(options.name)
        await makeReady({ settings, target: { kind: 'new' } }, signal)
        await refuseOccupiedName(options.name)
        const record = await createCluster({
          owner: 'up',
          retain: options.retain ?? false,
          config: settings,
          say,
          signal,
          ...(options.name === undefined ? {} : { name: options.name }),
          ...(settings.profile === undefined ? {} : { profile: settings.profile }),
        })
        sayHowToReach(record)
        return exitCodes.success
      })
    })
}

function refuseBadName(name: string | undefined): void {
  if (name === undefined || /^holdfast-[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(name)) return
  throw new UsageError(`${name} cannot be the name of a cluster.`, {
    fix: 'Use holdfast- and up to 32 lower-case letters, digits and dashes after it, such as holdfast-blue.',
  })
}

async function refuseOccupiedName(name: string | undefined): Promise<void> {
  if (name === undefined) return
  const taken = (await listClusters()).some((cluster) => cluster.name === name)
  if (taken)
    throw new UsageError(`There is a cluster ${name} already.`, {
      fix: `Choose another --name, or remove it with "holdfast down ${name}".`,
    })
}
