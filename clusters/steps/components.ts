import type { Component } from './component.ts'
import { csiHostpath } from './csi-hostpath.ts'
import { snapshotController } from './snapshot-controller.ts'

/** What every cluster of ours runs besides Kubernetes. Each is installed, gets its rights, and has its logs kept. */
export const components: readonly Component[] = [csiHostpath, snapshotController]
