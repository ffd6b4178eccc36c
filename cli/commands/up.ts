import type { Command } from 'commander'
import { exitCodes } from '../shell/exit-code.ts'
import type { Installation } from '../../clusters/install/installation.ts'
import { type InstallFlags, installRequestOf } from '../plan/install-request.ts'
import { withClusterFlags, withDriverFlags, withInstallFlags } from '../plan/run-flags.ts'
import { type ClusterSettings, mergeSettings, type RunOptions } from '../plan/run-plan.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'
import { withInterruption } from '../run/with-interruption.ts'

interface UpOptions extends Pick<RunOptions, 'config' | 'profile' | 'workers' | 'kubernetes' | 'retain'>, InstallFlags {
  readonly name?: string
  /** Cluster of the profile `velero` whose object store the new one uses. */
  readonly beside?: string
}

/** `holdfast up`: a cluster that stays until `holdfast down`. */
export function up(): Command {
  const command = strictCommand({ name: 'up', summary: 'create a cluster and keep it for "holdfast run --cluster"' })
  return withInstallFlags(withDriverFlags(withClusterFlags(command)))
    .option('--name <name>', 'name of the cluster; must start with holdfast-')
    .option('--beside <cluster>', 'create a second, single-node cluster that shares the object store of this one and is deleted with it')
    .option('--retain', 'keep the cluster when it fails to start')
    .action(async (options: UpOptions) => {
      const settings = mergeSettings(options)
      refuseBadName(options.name)
      const installation = await installationFor(options, settings)
      const { createCluster, createSecondCluster } = await import('../../clusters/index.ts')
      const { requireCluster, sayHowToReach } = await import('../run/acquired-cluster.ts')
      const { makeReady } = await import('../run/make-ready.ts')
      process.exitCode = await withInterruption(async ({ signal }) => {
        const { beside, name, retain = false } = options
        if (beside !== undefined) await requireCluster(beside)
        else await makeReady({ settings, target: { kind: 'new' } }, signal)
        const request = { retain, config: settings, log, signal, ...(name === undefined ? {} : { name }) }
        const record = await (beside === undefined
          ? createCluster({ ...request, owner: 'up', installation })
          : createSecondCluster(beside, request))
        sayHowToReach(record)
        return exitCodes.success
      })
    })
}

/** The CSI driver that is to be installed, read before anything is made; undefined where it is ours. */
async function installationFor(options: UpOptions, config: ClusterSettings): Promise<Installation | undefined> {
  const request = installRequestOf(options, config)
  if (request === undefined) return undefined
  if (options.beside !== undefined) {
    throw new UsageError('--beside and --install cannot be used together.', {
      fix: 'A second cluster has the CSI driver that Holdfast brings; leave one of them out.',
    })
  }
  const { readInstallation } = await import('../../clusters/install/installation.ts')
  const { describeDefinition } = await import('../../clusters/driver-definition/describe-definition.ts')
  const installation = await readInstallation(request, { config, log, mayBuild: true })
  for (const line of [...describeDefinition(installation.definition), ...installation.plan.notes]) log(line)
  return installation
}

function refuseBadName(name: string | undefined): void {
  if (name === undefined || /^holdfast-[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(name)) return
  throw new UsageError(`${name} is not a valid cluster name.`, {
    fix: 'Use holdfast- followed by up to 32 lower-case letters, digits and dashes, such as holdfast-blue.',
  })
}
