import type { Behaviour } from './behaviour.ts'

/** Name of the driver unless it is given another, as in the CSIDriver object and in StorageClasses. */
export const driverName = 'csi-hostpath.holdfast.dev'

/** Version the driver answers to GetPluginInfo. */
export const driverVersion = '0.1.0'

/** Options of one driver process. */
export interface DriverOptions {
  /** Name under which it answers and registers. */
  readonly driverName: string
  readonly mode: 'controller' | 'node' | 'all'
  /** `unix:///…`. */
  readonly endpoint: string
  readonly nodeId: string
  readonly dataDirectory: string
  readonly kubeletRegistration: string | undefined
  readonly kubeletEndpoint: string | undefined
  readonly zone: string
  /** Most volumes that may be attached to the node. */
  readonly maxVolumesPerNode: number
  /** Port for metrics and readiness; none when undefined. */
  readonly httpPort: number | undefined
  readonly faults: boolean
  readonly behaviour: Behaviour
}
