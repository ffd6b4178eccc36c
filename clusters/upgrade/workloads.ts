import type { Feature } from '../../contract/feature.ts'
import { snapshotControllerDeployment, systemNamespace } from '../../contract/system.ts'
import { veleroNamespace } from '../profiles/velero-profile.ts'

/** Where a component runs. */
export interface ComponentWorkload {
  readonly kind: 'deployment' | 'daemonset'
  readonly name: string
  readonly namespace: string
  readonly container: string
}

const controller = (container: string): ComponentWorkload => ({
  ...{ kind: 'deployment', name: 'csi-hostpath-controller', namespace: systemNamespace },
  container,
})

/** Where each component runs that can be upgraded. */
export const upgradableComponents = {
  'csi-hostpath': [
    controller('csi-hostpath'),
    { kind: 'daemonset', name: 'csi-hostpath-node', namespace: systemNamespace, container: 'csi-hostpath' },
  ],
  'csi-provisioner': [controller('csi-provisioner')],
  'csi-attacher': [controller('csi-attacher')],
  'csi-resizer': [controller('csi-resizer')],
  'csi-snapshotter': [controller('csi-snapshotter')],
  'snapshot-controller': [
    { kind: 'deployment', name: snapshotControllerDeployment, namespace: systemNamespace, container: 'snapshot-controller' },
  ],
  velero: [
    { kind: 'deployment', name: 'velero', namespace: veleroNamespace, container: 'velero' },
    { kind: 'daemonset', name: 'node-agent', namespace: veleroNamespace, container: 'node-agent' },
  ],
} as const satisfies Readonly<Record<string, readonly ComponentWorkload[]>>

/** A component that can be upgraded. */
export type UpgradableName = keyof typeof upgradableComponents

/** Names of the components that can be upgraded. */
export const upgradableNames = Object.keys(upgradableComponents) as readonly UpgradableName[]

/** Features of a cluster on which these components are upgraded. */
export function featuresOfComponents(names: readonly UpgradableName[]): readonly Feature[] {
  const isOfDriver = (name: UpgradableName) => name.startsWith('csi-')
  return [
    ...(names.some(isOfDriver) ? (['DriverUpgrade'] as const) : []),
    ...(names.includes('snapshot-controller') ? (['SnapshotControllerUpgrade'] as const) : []),
    ...(names.includes('velero') ? (['VeleroUpgrade'] as const) : []),
  ]
}
