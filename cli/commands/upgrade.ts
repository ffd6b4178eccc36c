import { type Command, InvalidArgumentError } from 'commander'
import { type UpgradableName, upgradableNames } from '../../clusters/upgrade/workloads.ts'
import { didYouMean } from '../../contract/nearest-name.ts'
import { wholeNumber, withKeepFlags } from '../plan/run-flags.ts'
import { type StopAfterFlag, stopAfterMinutes, withStopAfterFlag } from '../run/stop-after.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { dryRunText } from '../upgrade/dry-run-text.ts'
import { planUpgradeRun, type UpgradeOptions } from '../upgrade/plan-upgrade-run.ts'

type Components = Readonly<Partial<Record<UpgradableName, string>>>

/** One component more: `csi-provisioner=registry.example.com/csi-provisioner:v6.4.0`. */
function readComponent(text: string, before: Components = {}): Components {
  const [given = '', ...rest] = text.split('=')
  const name = upgradableNames.find((each) => each === given)
  if (name === undefined)
    throw new InvalidArgumentError(
      `There is no component ${given}.${didYouMean(given, upgradableNames)} Choose from ${upgradableNames.join(', ')}.`,
    )
  const reference = rest.join('=')
  if (!/^\S+$/.test(reference)) throw new InvalidArgumentError(`Write it as ${name}=<image>.`)
  return { ...before, [name]: reference }
}

/** `holdfast upgrade [names…]`. */
export function upgrade(): Command {
  const command = strictCommand({
    name: 'upgrade',
    summary: 'upgrade a new cluster while suites have state on it, and judge what became of it',
  })
  return withStopAfterFlag(withKeepFlags(command))
    .argument('[names...]', 'suites, guarantees or patterns such as upgrade/*; by default all that are about such an upgrade')
    .requiredOption('--from <version>', 'Kubernetes of the new cluster: a minor such as 1.36, or a patch')
    .option('--to <version>', 'Kubernetes that it is upgraded to; the same when left out, for components alone')
    .option('--no-drain', 'restart the kubelet of each node below its Pods; Kubernetes documents to drain it first')
    .option(
      '--component <name=image>',
      `another image for one of ${upgradableNames.join(', ')}, from the engine of this machine; repeatable`,
      readComponent,
    )
    .option(
      '--mutant <name>',
      'a mutant, or a new version that breaks what the old one had made: guarantees that name it must come out Failed',
    )
    .option('--velero', 'with Velero and an object store on the cluster')
    .option('--dry-run', 'print what would be judged, and each step; make nothing')
    .option('--config <file>', 'settings file instead of holdfast.yaml')
    .option('--workers <number>', 'number of worker nodes', wholeNumber(2))
    .option('--retain', 'keep the cluster and print how to reach and delete it')
    .option('--assessor <name>', 'who answers for the run, for the report; nobody is named when left out')
    .option('--known-failures <file>', 'failures that do not break the gate until they expire (docs/known-failures.md)')
    .action(async (names: string[], { dryRun = false, ...options }: UpgradeOptions & StopAfterFlag & { readonly dryRun?: boolean }) => {
      stopAfterMinutes(options)
      const planned = planUpgradeRun(names, options)
      if (dryRun) {
        process.stdout.write(`${dryRunText(planned)}\n`)
        return
      }
      if (options.mutant !== undefined) {
        const { upgradeControl } = await import('../upgrade/upgrade-control.ts')
        process.exitCode = await upgradeControl({ ...planned, mutant: options.mutant })
        return
      }
      const { upgradeRun } = await import('../upgrade/upgrade-run.ts')
      process.exitCode = await upgradeRun(planned)
    })
}
