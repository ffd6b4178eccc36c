import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Feature } from '../../contract/cluster-record.ts'
import type { InstalledFile } from '../../contract/subject.ts'
import type { Config } from '../config.ts'
import type { DriverDefinition } from '../driver-definition/definition.ts'
import { readDriverDefinition } from '../driver-definition/read-definition.ts'
import { releaseOf } from '../images/kubernetes-release.ts'
import { readUserConfig } from '../kind-config/user-config.ts'
import { type ImageArchive, readArchive } from './image-archive.ts'
import { type InstallPlan, planInstall } from './install-plan.ts'
import { type KustomizeOptions, renderKustomization } from './kustomize.ts'
import { manifestSource, readManifests } from './manifest-sources.ts'

/** Which driver the user wants on a cluster of ours, as the command line names it. */
export interface InstallRequest {
  /** Path of its definition. */
  readonly driver: string
  /** Paths of its manifests. */
  readonly install: readonly string[]
  /** Paths of archives of its images. */
  readonly imageArchives: readonly string[]
  /** Classes that overrule those of the definition. */
  readonly storageClass?: string | undefined
  readonly snapshotClass?: string | undefined
  /** What the driver has and has not, whatever probes show. */
  readonly declared?: readonly Feature[] | undefined
  readonly undeclared?: readonly Feature[] | undefined
}

/** A driver of the user's, read and thought through: nothing but a cluster is missing. */
export interface Installation extends Pick<InstallRequest, 'storageClass' | 'snapshotClass' | 'declared' | 'undeclared'> {
  readonly definition: DriverDefinition
  readonly plan: InstallPlan
  readonly archives: readonly ImageArchive[]
  /** What was read, for the record. */
  readonly from: { readonly definition: InstalledFile; readonly files: readonly InstalledFile[] }
}

/**
 * Reads the definition, the manifests and the archives of a driver and plans its installation. Makes nothing but kubectl, where a
 * kustomization needs it and it may be built. Throws a `SetupError` of one sentence for what cannot be installed.
 */
export async function readInstallation(
  request: InstallRequest,
  { config, ...making }: KustomizeOptions & { readonly config: Config },
): Promise<Installation> {
  const { driver, install, imageArchives, storageClass, snapshotClass, declared, undeclared } = request
  const definition = readDriverDefinition(driver)
  // All paths are looked at before the first archive is read, which takes its time.
  const sources = install.map(manifestSource)
  const { manifests, files } = await readManifests(sources, async (directory) => renderKustomization(directory, making))
  const archives = await Promise.all(imageArchives.map(readArchive))
  const kubernetes = releaseOf(config.kubernetes).kubernetes
  const runtimeConfig = { ...readUserConfig(config.kind).runtimeConfig, ...config.runtimeConfig }
  const cluster = { kubernetes, switchesApisOn: Object.keys(runtimeConfig).length > 0 }
  return {
    definition,
    plan: planInstall({ manifests, definition, storageClass, archives, cluster }),
    archives,
    from: { definition: { path: driver, sha256: createHash('sha256').update(readFileSync(driver)).digest('hex') }, files },
    ...{ storageClass, snapshotClass, declared, undeclared },
  }
}
