import type { ClusterRecord } from '../../contract/cluster-record.ts'
import type { Config } from '../config.ts'
import { findRelease } from '../images/kubernetes-release.ts'

const keys = [
  'featureGates',
  'runtimeConfig',
  'admissionPlugins',
  'kubeadmPatches',
  'kubeletConfiguration',
  'auditLog',
  'kind',
  'components',
] as const satisfies readonly (keyof Config)[]

/** What settings change of Kubernetes and of the components, for the record of a cluster; undefined when nothing. */
export function configuredBy(config: Config): Readonly<Record<string, unknown>> | undefined {
  const given = keys.filter((key) => config[key] !== undefined)
  return given.length === 0 ? undefined : Object.fromEntries(given.map((key) => [key, config[key]]))
}

/** The settings by which another cluster gets the Kubernetes and the components of one that Holdfast made. */
export function configOf({ versions, configured = {} }: Pick<ClusterRecord, 'versions' | 'configured'>): Config {
  const release = findRelease(versions['kubernetes'] ?? '')
  const given: Config = Object.fromEntries(keys.flatMap((key) => (configured[key] === undefined ? [] : [[key, configured[key]]])))
  return { ...given, ...(release !== undefined && { kubernetes: release.kubernetes }) }
}
