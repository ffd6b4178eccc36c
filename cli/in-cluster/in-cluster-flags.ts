import { type Command, Option } from 'commander'
import { wholeNumber } from '../plan/run-flags.ts'
import { UsageError } from '../shell/usage-error.ts'

/** What the command line says of a run over shards. */
export interface InClusterFlags {
  readonly inCluster?: boolean
  readonly shards?: number
  readonly holdfastImage?: string
  readonly evidenceClass?: string
  readonly detach?: boolean
  readonly manifests?: string
}

/** Flags of a run whose suites run as Pods of the cluster that is judged. */
export function withInClusterFlags(command: Command): Command {
  const needsIt = (option: Option) => command.addOption(option)
  command.option('--in-cluster', 'run the suites as Pods of the cluster of --kubeconfig, one for each shard (docs/run-in-the-cluster.md)')
  needsIt(
    new Option('--shards <number>', 'with --in-cluster: over how many Pods the guarantees are spread; 1 when left out').argParser(
      wholeNumber(1),
    ),
  )
  needsIt(new Option('--holdfast-image <reference>', 'with --in-cluster: image with Holdfast, in a registry that the nodes can reach'))
  needsIt(new Option('--evidence-class <name>', 'with --in-cluster: StorageClass of the volume for evidence; the judged one when left out'))
  needsIt(new Option('--detach', 'with --in-cluster: start the shards and end; "holdfast retrieve" makes the report'))
  needsIt(new Option('--manifests <file>', 'with --in-cluster: write the objects of the run to a file, for kubectl apply, and make none'))
  return command
}

/** Throws a `UsageError` for flags of a run over shards without one, and for those that do not fit together. */
export function requireInCluster(flags: InClusterFlags): void {
  const { inCluster = false, shards, holdfastImage, evidenceClass, detach, manifests } = flags
  const given = {
    '--shards': shards,
    '--holdfast-image': holdfastImage,
    '--evidence-class': evidenceClass,
    '--detach': detach,
    '--manifests': manifests,
  }
  const stray = Object.entries(given).find(([, value]) => value !== undefined)
  if (!inCluster && stray !== undefined)
    throw new UsageError(`${stray[0]} only applies to a run in a cluster.`, { fix: 'Add --in-cluster.' })
  if (detach === true && manifests !== undefined)
    throw new UsageError('--detach and --manifests cannot be used together.', {
      fix: 'With --manifests nothing is started: leave --detach out.',
    })
}
