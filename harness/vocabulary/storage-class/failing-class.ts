import { type ClusterOfClass, storageClass } from './storage-class.ts'

/** A class of which the driver refuses something again and again before it does it. */
export interface FailingClass {
  readonly cluster: ClusterOfClass
  readonly what: 'creation' | 'expansion'
  /** How often it refuses. */
  readonly times: number
}

/**
 * Builds a StorageClass whose driver is unavailable some times for one thing. The sidecars ask again, from the sixth time on every 5 s: so
 * what is asked for stays half done for some minutes, whoever is restarted meanwhile. Needs the feature `DriverFaults`.
 */
export function failingClass(name: string, { cluster, what, times }: FailingClass) {
  const parameters = { fault: `${what}-fails`, faultTimes: String(times), faultCode: 'UNAVAILABLE' }
  return storageClass(name, { cluster, parameters, allowVolumeExpansion: true })
}
