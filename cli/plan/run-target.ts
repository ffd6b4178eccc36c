import { resolve } from 'node:path'
import type { DriverDefinition } from '../../clusters/driver-definition/definition.ts'
import { readDriverDefinition } from '../../clusters/driver-definition/read-definition.ts'
import type { Installation, InstallRequest } from '../../clusters/install/installation.ts'
import type { Feature } from '../../contract/cluster-record.ts'
import { UsageError } from '../shell/usage-error.ts'
import type { Settings } from './config.ts'
import { type InstallFlags, installRequestOf, refuseBoth } from './install-request.ts'
import { requireContext } from './kubeconfig-context.ts'

/** What the command line says of the cluster of a run. */
export interface TargetFlags extends InstallFlags {
  readonly kubernetes?: string
  /** Name of a cluster made by `holdfast up`. */
  readonly cluster?: string
  readonly kubeconfig?: string
  readonly context?: string
  readonly workloadImage?: string
  /** Names or patterns of disruptive guarantees. */
  readonly allowDisruptive?: readonly string[]
  readonly disruptiveNodes?: readonly string[]
}

/** A cluster that Holdfast did not make. */
export interface ForeignCluster {
  readonly kubeconfig: string
  readonly context?: string
  readonly storageClass?: string
  readonly snapshotClass?: string
  /** Image that suites run in, in a registry that its nodes reach. */
  readonly workloadImage?: string
  /** What the cluster has and has not, whatever probes show. */
  readonly declared?: readonly Feature[]
  /** What its CSI driver can do, and which classes to test it with. */
  readonly driver?: DriverDefinition
  /** Nodes that disruptive guarantees may cordon, taint and drain; none when absent. */
  readonly disruptiveNodes?: readonly string[]
  readonly undeclared?: readonly Feature[]
}

/** A cluster that is made for the run. */
export interface NewCluster {
  readonly kind: 'new'
  /** The CSI driver that the user wants on it; ours when absent. */
  readonly install?: InstallRequest
  /** The same once it was read, which takes a moment. */
  readonly installation?: Installation
}

/** The cluster of a run. */
export type RunTarget =
  | NewCluster
  | { readonly kind: 'kept'; readonly name: string }
  | { readonly kind: 'foreign'; readonly cluster: ForeignCluster }

/** Checks what the command line says of the cluster. Throws a `UsageError` for flags that do not fit together. */
export function targetOf(flags: TargetFlags, settings: Pick<Settings, 'profile' | 'workloadImage'>): RunTarget {
  const { kubeconfig, cluster, kubernetes } = flags
  if (kubernetes !== undefined && (kubeconfig ?? cluster) !== undefined)
    throw new UsageError('--kubernetes only applies to a cluster that is created.', { fix: 'Leave out either it or the cluster.' })
  if (kubeconfig !== undefined) return { kind: 'foreign', cluster: foreignCluster(kubeconfig, flags, settings) }
  refuseForeignFlags(flags)
  if (cluster !== undefined && flags.install !== undefined) {
    throw new UsageError('--cluster and --install cannot be used together.', {
      fix: 'A driver is installed when a cluster is created: "holdfast up --driver … --install …", then run with --cluster alone.',
    })
  }
  const install = installRequestOf(flags, settings)
  if (cluster !== undefined) return { kind: 'kept', name: cluster }
  return { kind: 'new', ...(install && { install }) }
}

function refuseForeignFlags({ context, workloadImage, allowDisruptive, disruptiveNodes, install }: TargetFlags): void {
  const stray = Object.entries({
    '--context': context,
    '--workload-image': workloadImage,
    '--allow-disruptive': allowDisruptive,
    '--disruptive-nodes': disruptiveNodes,
  }).find(([, value]) => value !== undefined)
  if (stray === undefined) return
  throw new UsageError(`${stray[0]} only applies to a cluster that Holdfast did not create.`, {
    fix: install === undefined ? 'Add --kubeconfig <file>.' : 'Leave it out: with --install, the cluster is created.',
  })
}

function foreignCluster(kubeconfig: string, flags: TargetFlags, settings: Pick<Settings, 'workloadImage'>): ForeignCluster {
  const { cluster, context, storageClass, snapshotClass, workloadImage, declare, undeclare, driver, disruptiveNodes } = flags
  if (cluster !== undefined) throw new UsageError('--cluster and --kubeconfig cannot be used together.', { fix: 'Use one of them.' })
  const installing = flags.install === undefined ? (flags.imageArchive === undefined ? undefined : '--image-archive') : '--install'
  if (installing !== undefined) {
    throw new UsageError(`${installing} and --kubeconfig cannot be used together.`, {
      fix: 'Install the driver on that cluster yourself, or leave --kubeconfig out for a cluster that is created for it.',
    })
  }
  refuseBoth(flags)
  const path = resolve(kubeconfig)
  requireContext(path, context)
  const image = workloadImage ?? settings.workloadImage
  return {
    kubeconfig: path,
    ...(context === undefined ? {} : { context }),
    ...(storageClass === undefined ? {} : { storageClass }),
    ...(snapshotClass === undefined ? {} : { snapshotClass }),
    ...(image === undefined ? {} : { workloadImage: image }),
    ...(declare === undefined ? {} : { declared: declare }),
    ...(driver === undefined ? {} : { driver: readDriverDefinition(driver) }),
    ...(disruptiveNodes === undefined ? {} : { disruptiveNodes }),
    ...(undeclare === undefined ? {} : { undeclared: undeclare }),
  }
}
