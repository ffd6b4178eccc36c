import type { Config } from '../config.ts'

/** What settings change of Kubernetes and of the components, for the record of a cluster; undefined when nothing. */
export function configuredBy({
  featureGates,
  runtimeConfig,
  admissionPlugins,
  kubeadmPatches,
  kubeletConfiguration,
  kind,
  components,
}: Config): Readonly<Record<string, unknown>> | undefined {
  const all = { featureGates, runtimeConfig, admissionPlugins, kubeadmPatches, kubeletConfiguration, kind, components }
  const given = Object.entries(all).filter(([, value]) => value !== undefined)
  return given.length === 0 ? undefined : Object.fromEntries(given)
}
