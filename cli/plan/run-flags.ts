import { type Command, InvalidArgumentError, Option } from 'commander'
import { declarableFeatures, undeclarableFeatures } from '../../clusters/features/declarable-features.ts'
import { applicationNames } from '../../clusters/images/application-images.ts'
import type { NamedImages } from '../../clusters/existing/application-images.ts'
import { didYouMean } from '../../contract/nearest-name.ts'
import type { Feature } from '../../contract/cluster-record.ts'
import { isOwnFeature } from '../../contract/feature.ts'
import { runProfiles } from './profiles.ts'

/** A whole number of at least `least`, for a flag. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < least) throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`)
    return value
  }
}

/** A number above 0, for a flag. */
export function positiveNumber(text: string): number {
  const value = Number(text)
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('It must be a number above 0.')
  return value
}

/** Name of a namespace, for a flag. */
export function namespaceName(text: string): string {
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)) return text
  throw new InvalidArgumentError('It must be the name of a namespace: lower-case letters, digits and hyphens.')
}

/** Flags that shape a new cluster. */
export function withClusterFlags(command: Command): Command {
  return command
    .option('--config <file>', 'settings file instead of holdfast.yaml')
    .addOption(new Option('--profile <name>', 'what to run, and on what kind of cluster').choices(runProfiles))
    .option('--workers <number>', 'number of worker nodes', wholeNumber(2))
    .option('--kubernetes <version>', 'Kubernetes of a new cluster: a minor such as 1.36, or a patch')
}

/** Flags of every command that runs something on a cluster. */
export function withRunFlags(command: Command): Command {
  return withClusterFlags(command)
    .option('--retain', 'keep the cluster and print how to reach and delete it')
    .option('--cluster <name>', 'use a cluster created by "holdfast up"')
    .option('--assessor <name>', 'who answers for the run, for the report; nobody is named when left out')
}

/** The flag for chaos between the suites and the API server, which help does not list. */
export function withChaosFlag(command: Command): Command {
  return command.addOption(
    new Option('--chaos <seed>', 'for maintainers: a proxy delays, cuts and refuses requests of the suites to the API server')
      .argParser(wholeNumber(0))
      .hideHelp(),
  )
}

const levels = ['MUST', 'SHOULD', 'MAY'] as const

/** Flags of what stays when a run is over. */
export function withKeepFlags(command: Command): Command {
  return command.option('--keep-failed', 'keep the namespace of each guarantee that is Failed or Inconclusive, and print how to look at it')
}

/** The flag that names what a run is compared with. */
export function withBaselineFlag(command: Command): Command {
  return command.option('--baseline <report>', 'compare with that run or report at the end; exit code 1 where something is worse')
}

/** The flag that names where earlier runs are. */
export function withHistoryFlag(command: Command): Command {
  return command.option('--history <directory>', 'earlier runs, published copies or archives: the page tells what they came to')
}

/** Flags that narrow what is run. */
export function withSelectionFlags(command: Command): Command {
  return command
    .addOption(new Option('--level <levels...>', 'only guarantees of these levels').choices(levels))
    .option('--area <areas...>', 'only guarantees that prove entries of these ledger areas')
    .option('--feature <features...>', 'only guarantees that need one of these features')
    .option('--skip-slow', 'leave out guarantees that take more than two minutes')
    .option('--skip-disruptive', 'leave out guarantees that stop nodes or parts of the cluster')
}

/** Features, separated by commas. */
function readFeatures(verb: string, known: readonly Feature[]): (text: string) => readonly Feature[] {
  return (text) =>
    text.split(',').map((name) => {
      const [wanted, feature] = [name.trim(), known.find((each) => each === name.trim())]
      if (feature !== undefined) return feature
      if (isOwnFeature(wanted) && verb === 'declared') return wanted
      throw new InvalidArgumentError(`${name} cannot be ${verb}: choose from ${known.join(', ')}.`)
    })
}

/** One image more of those that were named: `postgres=registry.example.com/postgres:17`. */
function readImage(text: string, before: NamedImages = {}): NamedImages {
  const [given = '', ...rest] = text.split('=')
  const reference = rest.join('=')
  const name = applicationNames.find((each) => each === given)
  if (name === undefined)
    throw new InvalidArgumentError(
      `There is no image ${given}.${didYouMean(given, applicationNames)} Choose from ${applicationNames.join(', ')}.`,
    )
  if (!/^\S+$/.test(reference)) throw new InvalidArgumentError(`Write it as ${name}=<reference>.`)
  return { ...before, [name]: reference }
}

/** Each value of a flag that may be given several times. */
export function collected(value: string, former: readonly string[] = []): readonly string[] {
  return [...former, value]
}

/** Flags of a CSI driver that is not ours: its definition, its classes, and what is known of it. */
export function withDriverFlags(command: Command): Command {
  return command
    .option('--driver <file>', "definition of the CSI driver, as Kubernetes' own storage tests read it (--storage.testdriver)")
    .option('--storage-class <name>', 'StorageClass to test; the default one when left out')
    .option('--snapshot-class <name>', 'VolumeSnapshotClass to test; without it, the default or the only one of the driver')
    .option(
      '--declare <features>',
      `features that it has, whatever probes show, of ${declarableFeatures.join(', ')}, and those of your own suites`,
      readFeatures('declared', declarableFeatures),
    )
    .option(
      '--undeclare <features>',
      `features that it lacks, whatever probes show, of ${undeclarableFeatures.join(', ')}`,
      readFeatures('undeclared', undeclarableFeatures),
    )
}

/** Flags that put a CSI driver of the user's on a cluster that is created. */
export function withInstallFlags(command: Command): Command {
  return command
    .option(
      '--install <path>',
      'install the CSI driver of --driver on a new cluster: a YAML file, a directory of them, or a kustomization; repeatable',
      collected,
    )
    .option('--image-archive <file>', 'load the images of an archive into its nodes, as "docker save" writes it; repeatable', collected)
}

/** The flag that names directories with suites of one's own. */
export function withSuitesFlag(command: Command): Command {
  const says = 'suites of your own, with their ledger: they run, and those of Holdfast only where named; repeatable'
  return command.option('--suites <directory>', says, collected)
}

/** Flags that name a cluster Holdfast did not make. */
export function withForeignFlags(command: Command): Command {
  const place = command
    .option('--kubeconfig <file>', 'use a cluster that Holdfast did not create')
    .option('--context <name>', 'context in that kubeconfig')
  return withDriverFlags(place)
    .option('--workload-image <reference>', 'workload image in a registry that the nodes can reach')
    .option(
      '--image <name=reference>',
      `image of an application in a registry that the nodes can reach, for ${applicationNames.join(', ')}; repeatable`,
      readImage,
    )
    .option('--velero-namespace <name>', 'namespace of the Velero to use there; it is looked for when left out', namespaceName)
    .option('--allow-disruptive <names...>', 'disruptive guarantees to run there; without it, none')
    .option('--disruptive-nodes <nodes...>', 'nodes that these may cordon, taint and drain; no other is touched')
}
