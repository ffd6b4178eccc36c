import { counted } from '../../contract/counted.ts'
import type { Feature } from '../../contract/feature.ts'
import type { Config } from '../config.ts'
import { isSince, type KubernetesRelease, kubernetesReleases, optionsOf } from '../images/kubernetes-release.ts'
import { gatesNeeded } from '../kind-config/holdfast-config.ts'
import { checkKubernetesSettings } from '../kind-config/kind-config.ts'
import { readUserConfig } from '../kind-config/user-config.ts'
import { SetupError } from '../setup-error.ts'
import type { UpgradeMutant } from './upgrade-mutants.ts'
import { featuresOfComponents, type UpgradableName } from './workloads.ts'

/** What a platform is upgraded from and to. */
export interface UpgradeRequest {
  readonly from: KubernetesRelease
  /** The same as `from` where Kubernetes stays as it is. */
  readonly to: KubernetesRelease
  /** Whether each node is drained before its kubelet is upgraded, as Kubernetes documents it. */
  readonly drained: boolean
  /**
   * References of images that take the place of those that run, by component; the nodes get them from the engine of this machine.
   * `sameImage` leaves the image as it is.
   */
  readonly components: Readonly<Partial<Record<UpgradableName, string>>>
  /** How the new version breaks what the old one had made; absent in an honest upgrade. */
  readonly mutant?: UpgradeMutant | undefined
}

/** In place of a reference: the image that runs already, which a mutant runs in another way. */
export const sameImage = 'present'

/** Whether an upgrade changes Kubernetes, and not only components beside it. */
export function changesKubernetes({ from, to }: Pick<UpgradeRequest, 'from' | 'to'>): boolean {
  return from.kubernetes !== to.kubernetes
}

/** Features that a cluster has while it is upgraded so. */
export function featuresOfUpgrade(request: UpgradeRequest): readonly Feature[] {
  const kubernetes: readonly Feature[] = changesKubernetes(request)
    ? ['ControlPlaneUpgrade', request.drained ? 'DrainedNodeUpgrade' : 'KubeletUpgrade']
    : []
  const components = featuresOfComponents(Object.keys(request.components) as UpgradableName[])
  const arePodsReplaced = kubernetes.includes('DrainedNodeUpgrade')
  const offered = components.filter((feature) => feature !== 'DriverUpgrade' || !arePodsReplaced)
  return ['PlatformUpgrade', ...kubernetes, ...offered]
}

/**
 * Throws a `SetupError` for an upgrade that Kubernetes documents not to work, and for settings that the target does not know. See
 * https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-upgrade/ and
 * https://kubernetes.io/releases/version-skew-policy/
 */
export function checkUpgrade(request: UpgradeRequest, settings: Config): void {
  const { from, to, components } = request
  if (!changesKubernetes(request) && Object.keys(components).length === 0)
    throw new SetupError(`There is nothing to upgrade: both are Kubernetes ${from.kubernetes}.`, {
      fix: `Name another version with --to, or a component with --component <name>=<image>.`,
    })
  const minors = minorOf(to) - minorOf(from)
  if (minors < 0)
    throw new SetupError(`Kubernetes ${from.kubernetes} cannot be downgraded to ${to.kubernetes}: kubeadm documents upgrades only.`, {
      fix: `Name the older version with --from: holdfast upgrade --from ${to.minor} --to ${from.minor}`,
    })
  if (minors > 1) throw skips(request, minors - 1)
  checkKubernetesSettings({ ...settings, kubernetes: from.kubernetes })
  checkKubernetesSettings({ ...settings, kubernetes: to.kubernetes })
  checkOwnGates(request, settings)
}

function skips({ from, to }: UpgradeRequest, skipped: number): SetupError {
  const next = kubernetesReleases.find((release) => isSince(release, from.minor) && release.minor !== from.minor)
  const between = counted(skipped, 'minors')
  return new SetupError(
    `Kubernetes ${from.minor} cannot be upgraded to ${to.minor} at once: kubeadm skips no minor, and ${between} would be.`,
    {
      fix: `Upgrade to the next one: holdfast upgrade --from ${from.minor} --to ${next?.minor ?? to.minor}`,
    },
  )
}

/** Gates that Holdfast sets on the old version stay set on the new one, whose components end where they do not know one. */
function checkOwnGates({ from, to }: UpgradeRequest, settings: Config): void {
  const asked = { ...readUserConfig(settings.kind).featureGates, ...settings.featureGates }
  for (const [gate, value] of Object.entries(gatesNeeded(from, asked))) {
    const state = optionsOf(to).featureGates[gate]
    const isRefused = state === undefined || (state.startsWith('locked') && state !== `locked ${value ? 'on' : 'off'}`)
    if (isRefused)
      throw new SetupError(
        `Kubernetes ${to.kubernetes} does not take the feature gate ${gate}, which the CSI driver needs on ${from.minor}.`,
        {
          fix: 'Upgrade from a newer version.',
        },
      )
  }
}

function minorOf({ minor }: KubernetesRelease): number {
  return Number(minor.split('.')[1])
}
