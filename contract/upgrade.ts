import { join } from 'node:path'
import type { Feature } from './feature.ts'

/**
 * What suites of an upgrade wait for, in order: that all of them have made their state, that the control plane is upgraded and no node is
 * yet, and that the whole platform is.
 */
export const upgradeStages = ['begin', 'control-plane', 'whole'] as const

/** A point of an upgrade that suites wait for. */
export type UpgradeStage = (typeof upgradeStages)[number]

/** Features that a cluster has while it is upgraded, and at no other time. */
export const upgradeFeatures = [
  'PlatformUpgrade',
  'ControlPlaneUpgrade',
  'DrainedNodeUpgrade',
  'KubeletUpgrade',
  'DriverUpgrade',
  'SnapshotControllerUpgrade',
  'VeleroUpgrade',
] as const satisfies readonly Feature[]

/** Whether a guarantee is about an upgrade, by the features that it requires. */
export function isAboutUpgrade({ requires }: { readonly requires: readonly Feature[] }): boolean {
  const names: readonly Feature[] = upgradeFeatures
  return requires.some((feature) => names.includes(feature))
}

/** Versions on one node, by its Node object. */
export interface NodeVersions {
  readonly node: string
  readonly kubelet: string
  readonly containerd: string
}

/** Versions of a platform at one moment, by its API. */
export interface PlatformVersions {
  readonly apiServer: string
  readonly nodes: readonly NodeVersions[]
  /** References of images by container, `csi-hostpath-controller/csi-provisioner`. */
  readonly images: Readonly<Record<string, string>>
}

/** One step of an upgrade, as it went. */
export interface UpgradeStep {
  /** As it stands in the plan, `control-plane: kubeadm upgrade apply`. */
  readonly title: string
  readonly stage: UpgradeStage
  /** Absent where it is about no single node. */
  readonly node?: string
  /** ISO 8601; absent while it has not begun. */
  readonly startedAt?: string
  readonly endedAt?: string
  /** Path of what it printed, within the directory of the run; absent where it printed nothing. */
  readonly log?: string
}

/** `upgrade/progress.json`: how far an upgrade is. Suites read it while they wait, and the report when all is over. */
export interface UpgradeProgress {
  readonly schemaVersion: 1
  /** What is upgraded, from which version to which, by component. */
  readonly changes: Readonly<Record<string, { readonly from: string; readonly to: string }>>
  /** Whether each node is drained before its kubelet is upgraded. */
  readonly drained: boolean
  /** How the new version breaks what the old one had made; absent in an honest upgrade. */
  readonly mutant?: string
  readonly steps: readonly UpgradeStep[]
  /** Stages that are over, each with when it began and ended, and the versions that there were at both times. */
  readonly stages: readonly UpgradedStage[]
  /** Why it ended early, as a sentence; absent where it did not. */
  readonly failure?: string
}

/** A stage that is over. */
export interface UpgradedStage {
  readonly stage: UpgradeStage
  readonly startedAt: string
  readonly endedAt: string
  readonly before: PlatformVersions
  readonly after: PlatformVersions
}

/** A suite that waits for a stage: one file of `upgrade/waiting/`. */
export interface WaitingSuite {
  readonly guarantee: string
  readonly stage: UpgradeStage
  /** ISO 8601. */
  readonly at: string
}

/** Where a run keeps how far its upgrade is. */
export const progressFile = 'upgrade/progress.json'

/** Where a run keeps what suites and the upgrade tell each other. */
export function upgradePaths(runDirectory: string): { readonly progress: string; readonly waiting: string; readonly logs: string } {
  const directory = join(runDirectory, 'upgrade')
  return { progress: join(runDirectory, progressFile), waiting: join(directory, 'waiting'), logs: join(directory, 'logs') }
}

/** Name of the file by which a guarantee says what it waits for. */
export function waitingFile(guarantee: string): string {
  return `${guarantee.replaceAll('/', '.')}.json`
}

/** Whether a stage comes before another one or is the same. */
export function isReached(stage: UpgradeStage, by: UpgradeStage): boolean {
  return upgradeStages.indexOf(stage) <= upgradeStages.indexOf(by)
}
