import { stringify } from 'yaml'
import type { ClusterOwner } from '../machine/cluster-owner.ts'
import { type Config, type KubernetesSettings, usualWorkers } from '../config.ts'
import { type KubernetesRelease, releaseOf } from '../images/kubernetes-release.ts'
import { auditMount, auditPatch, keepsAuditLog } from './audit-log.ts'
import { checkPatches } from './check-patches.ts'
import { checkSwitches } from './check-switches.ts'
import { contradiction } from './contradiction.ts'
import { gatesNeeded, kubeletNeeds, mountsNeeded, zoneLabel, zoneOf } from './holdfast-config.ts'
import { readUserConfig, type UserConfig } from './user-config.ts'

/** What a kind cluster is to be like. */
export interface KindRequest {
  readonly name: string
  readonly owner: ClusterOwner
  readonly workers: number
  /** The node image has no network for Pods: routes join the nodes. */
  readonly staticRoutes: boolean
  readonly release: KubernetesRelease
  readonly settings?: KubernetesSettings | undefined
}

/**
 * Configuration of a kind cluster: one control plane and `workers` workers, alternating between two zones, merged with what the user wants.
 * Every node carries the owner. Throws a `SetupError` where the two contradict.
 */
export function kindConfig({ settings = {}, ...request }: KindRequest): string {
  const { release, workers, staticRoutes } = request
  const user = checkedConfig(settings, release)
  const nodes = [user.controlPlane, ...Array.from({ length: workers }, (_, ordinal) => user.workers?.[ordinal] ?? {})]
  const asked = { ...user.featureGates, ...settings.featureGates }
  const featureGates = { ...asked, ...gatesNeeded(release, asked) }
  const runtimeConfig = { ...user.runtimeConfig, ...settings.runtimeConfig }
  return stringify({
    ...user.rest,
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    networking: { ...user.networking, disableDefaultCNI: staticRoutes },
    ...(Object.keys(featureGates).length > 0 && { featureGates }),
    ...(Object.keys(runtimeConfig).length > 0 && { runtimeConfig }),
    kubeadmConfigPatches: [...user.kubeadmConfigPatches, ...patchesOf(settings).map((patch) => stringify(patch))],
    nodes: nodes.map((node, place) => {
      const isAudited = place === 0 && keepsAuditLog(settings)
      return {
        ...node,
        role: place === 0 ? 'control-plane' : 'worker',
        labels: { ...node.labels, [zoneLabel]: zoneOf(Math.max(0, place - 1)) },
        extraMounts: [...mountsNeeded(request), ...(isAudited ? [auditMount(request.name)] : []), ...(node.extraMounts ?? [])],
        ...(isAudited && { kubeadmConfigPatches: [...(node.kubeadmConfigPatches ?? []), auditPatch(settings)] }),
      }
    }),
  })
}

/** Number of workers of a cluster: as was asked for, as the user's kind configuration lists them, or the usual one. */
export function workersOf({ workers, kind }: Config): number {
  return workers ?? readUserConfig(kind).workers?.length ?? usualWorkers
}

/** Throws a `SetupError` where settings contradict each other, what Holdfast needs, or the Kubernetes that they are for. */
export function checkKubernetesSettings(config: Config): void {
  const { workers } = checkedConfig(config, releaseOf(config.kubernetes))
  if (workers === undefined || config.workers === undefined || workers.length === config.workers) return
  const sentence = `lists ${workers.length} workers, but ${config.workers} were asked for.`
  throw contradiction('The kind configuration', sentence, 'Leave workers out of the settings file and of the command line.')
}

function checkedConfig(settings: KubernetesSettings, release: KubernetesRelease): UserConfig {
  const user = readUserConfig(settings.kind)
  checkSwitches(settings, user, release)
  checkPatches(settings, user, release)
  return user
}

/** Merge patches in the order in which kind applies them. */
function patchesOf({ admissionPlugins, kubeadmPatches = [], kubeletConfiguration = {} }: KubernetesSettings): readonly object[] {
  const kubelet = { ...kubeletConfiguration, kind: 'KubeletConfiguration', ...kubeletNeeds }
  if (admissionPlugins === undefined) return [...kubeadmPatches, kubelet]
  const { enable = [], disable = [] } = admissionPlugins
  // kubeadm enables this one, and what is given here replaces its list.
  const enabled = ['NodeRestriction', ...enable].filter((name) => !disable.includes(name))
  const extraArgs = {
    'enable-admission-plugins': [...new Set(enabled)].join(','),
    ...(disable.length > 0 && { 'disable-admission-plugins': disable.join(',') }),
  }
  return [...kubeadmPatches, { kind: 'ClusterConfiguration', apiServer: { extraArgs } }, kubelet]
}
