import type { InstallRequest } from '../../clusters/install/installation.ts'
import type { Feature } from '../../contract/cluster-record.ts'
import { UsageError } from '../shell/usage-error.ts'

/** What the command line says of a CSI driver, and of what installs it. */
export interface InstallFlags {
  /** Path of the definition of the driver. */
  readonly driver?: string
  readonly storageClass?: string
  readonly snapshotClass?: string
  readonly declare?: readonly Feature[]
  readonly undeclare?: readonly Feature[]
  /** Paths of its manifests. */
  readonly install?: readonly string[]
  /** Paths of archives of its images. */
  readonly imageArchive?: readonly string[]
}

/**
 * The driver that is to be installed on a cluster that is created; undefined where it is ours. Throws a `UsageError` for flags that do not
 * fit together.
 */
export function installRequestOf(flags: InstallFlags, { profile }: { readonly profile?: string | undefined }): InstallRequest | undefined {
  const { driver, storageClass, snapshotClass, declare, undeclare, install, imageArchive = [] } = flags
  if (install === undefined) {
    refuseWithoutInstall(flags)
    return undefined
  }
  if (driver === undefined) {
    throw new UsageError('--install needs the definition of the driver.', {
      fix: "Add --driver <file>: what Kubernetes' own storage tests read (--storage.testdriver).",
    })
  }
  if (profile === 'velero') {
    throw new UsageError('--install and the profile velero cannot be used together.', {
      fix: 'Choose --profile quick, standard or full: backups are tested with the CSI driver that Holdfast brings.',
    })
  }
  refuseBoth(flags)
  return { driver, install, imageArchives: imageArchive, storageClass, snapshotClass, declared: declare, undeclared: undeclare }
}

function refuseWithoutInstall({ driver, storageClass, snapshotClass, declare, undeclare, imageArchive }: InstallFlags): void {
  if (imageArchive !== undefined)
    throw new UsageError('--image-archive only applies with --install.', { fix: 'Add --install <manifests>, or leave it out.' })
  const flags = { '--storage-class': storageClass, '--snapshot-class': snapshotClass, '--declare': declare, '--driver': driver }
  const stray = Object.entries({ ...flags, '--undeclare': undeclare }).find(([, value]) => value !== undefined)
  if (stray === undefined) return
  throw new UsageError(`${stray[0]} only applies to a cluster that Holdfast did not create, or with --install.`, {
    fix: 'Add --kubeconfig <file>, or --install <manifests>.',
  })
}

/** Throws a `UsageError` for a feature that is both declared and undeclared. */
export function refuseBoth({ declare, undeclare }: Pick<InstallFlags, 'declare' | 'undeclare'>): void {
  const both = declare?.find((feature) => undeclare?.includes(feature) === true)
  if (both !== undefined) throw new UsageError(`${both} is both declared and undeclared.`, { fix: 'Name it with one of them.' })
}
