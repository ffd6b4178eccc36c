import type { Command } from 'commander'
import { exitCodes } from '../shell/exit-code.ts'
import { withClusterFlags } from '../plan/run-flags.ts'
import { mergeSettings, type RunOptions } from '../plan/run-plan.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'
import { withInterruption } from '../run/with-interruption.ts'

interface UpOptions extends Pick<RunOptions, 'config' | 'profile' | 'workers' | 'kubernetes' | 'retain'> {
  readonly name?: string
  /** Cluster of the profile `velero` whose object store the new one uses. */
  readonly beside?: string
}

/** `holdfast up`: a cluster that stays until `holdfast down`. */
export function up(): Command {
  return withClusterFlags(strictCommand({ name: 'up', summary: 'create a cluster and keep it for "holdfast run --cluster"' }))
    .option('--name <name>', 'name of the cluster; must start with holdfast-')
    .option('--beside <cluster>', 'create a second, single-node cluster that shares the object store of this one and is deleted with it')
    .option('--retain', 'keep the cluster when it fails to start')
    .action(async (options: UpOptions) => {
      const settings = mergeSettings(options)
      refuseBadName(options.name)
      const { createCluster, createSecondCluster } = await import('../../clusters/index.ts')
      const { requireCluster, sayHowToReach } = await import('../run/acquired-cluster.ts')
      const { makeReady } = await import('../run/make-ready.ts')
      process.exitCode = await withInterruption(async ({ signal }) => {
        const { beside, name, retain = false } = options
        if (beside !== undefined) await requireCluster(beside)
        else await makeReady({ settings, target: { kind: 'new' } }, signal)
        const request = { retain, config: settings, log, signal, ...(name === undefined ? {} : { name }) }
        const record = await (beside === undefined ? createCluster({ ...request, owner: 'up' }) : createSecondCluster(beside, request))
        sayHowToReach(record)
        return exitCodes.success
      })
    })
}

function refuseBadName(name: string | undefined): void {
  if (name === undefined || /^holdfast-[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(name)) return
  throw new UsageError(`${name} is not a valid cluster name.`, {
    fix: 'Use holdfast- followed by up to 32 lower-case letters, digits and dashes, such as holdfast-blue.',
  })
}
