import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { wholeNumber } from '../plan/run-flags.ts'
import { UsageError } from '../shell/usage-error.ts'

/** What the command line says of a run over shards. */
export interface InClusterFlags {
  readonly inCluster?: boolean
  readonly shards?: number
  readonly holdfastImage?: string
  readonly evidenceClass?: string
  readonly evidenceBucket?: string
  readonly bucketEndpoint?: string
  readonly bucketRegion?: string
  readonly detach?: boolean
  readonly manifests?: string
}

/** Flags of a run whose suites run as Pods of the cluster that is judged. */
export function withInClusterFlags(command: Command): Command {
  const only = (text: string) => `with --in-cluster: ${text}`
  return command
    .option('--in-cluster', 'run the suites as Pods of the cluster of --kubeconfig, one for each shard (docs/run-in-the-cluster.md)')
    .option('--shards <number>', only('over how many Pods the guarantees are spread; 1 when left out'), wholeNumber(1))
    .option('--holdfast-image <reference>', only('image with Holdfast, in a registry that the nodes can reach'))
    .option('--evidence-class <name>', only('StorageClass of the volume for evidence; the judged one when left out'))
    .option('--evidence-bucket <name>', only('bucket for evidence in place of a volume, with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'))
    .option('--bucket-endpoint <url>', only('address of the store of the bucket, as Pods reach it; that of Amazon when left out'))
    .option('--bucket-region <name>', only('region of the bucket; us-east-1 when left out'))
    .option('--detach', only('start the shards and end; "holdfast retrieve" makes the report'))
    .option('--manifests <file>', only('write the objects of the run to a file, for kubectl create, and make none'))
}

/** Throws a `UsageError` for flags of a run over shards without one, and for those that do not fit together. */
export function requireInCluster(flags: InClusterFlags): void {
  const { inCluster = false, shards, holdfastImage, evidenceClass, evidenceBucket, bucketEndpoint, bucketRegion, detach, manifests } = flags
  const given = {
    '--shards': shards,
    '--holdfast-image': holdfastImage,
    '--evidence-class': evidenceClass,
    '--evidence-bucket': evidenceBucket,
    '--bucket-endpoint': bucketEndpoint,
    '--bucket-region': bucketRegion,
    '--detach': detach,
    '--manifests': manifests,
  }
  const stray = Object.entries(given).find(([, value]) => value !== undefined)
  if (!inCluster && stray !== undefined)
    throw new UsageError(`${stray[0]} only applies to a run in a cluster.`, { fix: 'Add --in-cluster.' })
  if (evidenceBucket !== undefined && evidenceClass !== undefined)
    throw new UsageError('--evidence-bucket and --evidence-class cannot be used together.', { fix: 'Use one of them.' })
  if (evidenceBucket === undefined && (bucketEndpoint ?? bucketRegion) !== undefined)
    throw new UsageError(`${bucketEndpoint === undefined ? '--bucket-region' : '--bucket-endpoint'} only applies to a bucket.`, {
      fix: 'Add --evidence-bucket <name>.',
    })
  if (detach === true && manifests !== undefined)
    throw new UsageError('--detach and --manifests cannot be used together.', {
      fix: 'With --manifests nothing is started: leave --detach out.',
    })
  if (manifests !== undefined && existsSync(manifests))
    throw new UsageError(`${manifests} cannot be written: it is there.`, { fix: 'Name a file that does not exist.' })
}
