import type { Brought, Component } from './component.ts'
import { csiHostpath } from './csi-hostpath.ts'
import { snapshotController } from './snapshot-controller.ts'

/** What clusters of ours run besides Kubernetes. Each is installed, gets its rights, and has its logs kept. */
export const components: readonly Component[] = [csiHostpath, snapshotController]

/** Those of a cluster with a CSI driver of the user's: the driver itself and what it brings take the place of ours. */
export function componentsBeside(brought: Brought): readonly Component[] {
  return components.filter(({ isReplacedBy }) => !isReplacedBy(brought))
}
