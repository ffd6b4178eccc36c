import { parseAllDocuments } from 'yaml'
import type { KubernetesSettings, Mapping } from '../config.ts'
import { isSince, type KubernetesRelease } from '../images/kubernetes-release.ts'
import { contradiction, type SettingsSource, shown } from './contradiction.ts'
import { gatesNeeded, kubeletNeeds, podNetwork } from './holdfast-config.ts'
import type { UserConfig } from './user-config.ts'

/** Objects that kind writes for kubeadm, which patches may change. */
const patched = ['ClusterConfiguration', 'InitConfiguration', 'JoinConfiguration', 'KubeletConfiguration', 'KubeProxyConfiguration']

/** Fields that only have the value that Holdfast or kind gives them; any value of an `undefined` one is refused. */
function fixedFields({ kubernetes }: KubernetesRelease): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return {
    KubeletConfiguration: kubeletNeeds,
    ClusterConfiguration: {
      kubernetesVersion: kubernetes,
      clusterName: undefined,
      controlPlaneEndpoint: undefined,
      'networking.podSubnet': podNetwork,
    },
    InitConfiguration: { 'nodeRegistration.name': undefined },
    JoinConfiguration: { 'nodeRegistration.name': undefined },
  }
}

interface Patch {
  readonly source: SettingsSource
  readonly fields: Mapping
}

/** Throws a `SetupError` for a patch of kubeadm's or kubelet's configuration that applies to nothing, or undoes what Holdfast needs. */
export function checkPatches(settings: KubernetesSettings, user: UserConfig, release: KubernetesRelease): void {
  const { kubeadmPatches = [], kubeletConfiguration } = settings
  const ofNodes = [user.controlPlane, ...(user.workers ?? [])].flatMap((node) => node.kubeadmConfigPatches ?? [])
  const fromFile = [...user.kubeadmConfigPatches, ...ofNodes].flatMap(documentsIn)
  const fromSettings = [
    ...kubeadmPatches,
    ...(kubeletConfiguration === undefined ? [] : [{ ...kubeletConfiguration, kind: 'KubeletConfiguration' }]),
  ]
  const patches: readonly Patch[] = [
    ...fromFile.map((fields) => ({ source: 'The kind configuration' as const, fields })),
    ...fromSettings.map((fields) => ({ source: 'The settings file' as const, fields })),
  ]
  const taken = takenArguments(settings, user, release)
  for (const patch of patches) {
    refuseTarget(patch, release)
    refuseFields(patch, release)
    refuseArguments(patch, taken)
  }
}

function documentsIn(text: string): readonly Mapping[] {
  return parseAllDocuments(text).map((document): Mapping => {
    const [fault] = document.errors
    const value: unknown = document.toJS()
    if (fault === undefined && isMapping(value)) return value
    const why = fault?.message.split('\n')[0] ?? 'it is no mapping'
    throw contradiction('The kind configuration', `has a kubeadmConfigPatch that is not valid YAML: ${why}.`, 'Correct it.')
  })
}

function refuseTarget({ source, fields: { kind, apiVersion } }: Patch, release: KubernetesRelease): void {
  if (typeof kind !== 'string' || !patched.includes(kind))
    throw contradiction(source, `patches a ${shown(kind)}, which kind does not write.`, `Set its kind to one of ${patched.join(', ')}.`)
  if (typeof apiVersion !== 'string' || !apiVersion.startsWith('kubeadm.k8s.io/')) return
  // From this minor on kind writes the newer version, and leaves out a patch of another one without a word.
  const written = `kubeadm.k8s.io/${isSince(release, '1.36') ? 'v1beta4' : 'v1beta3'}`
  if (apiVersion === written) return
  const sentence = `patches a ${kind} of ${apiVersion}, but kind writes ${written} for Kubernetes ${release.kubernetes}.`
  throw contradiction(source, sentence, 'Leave apiVersion out of the patch, and check its fields.')
}

function refuseFields({ source, fields }: Patch, release: KubernetesRelease): void {
  const kind = String(fields['kind'])
  for (const [path, only] of Object.entries(fixedFields(release)[kind] ?? {})) {
    const value = valueAt(fields, path)
    if (value === undefined || value === only) continue
    const needed = only === undefined ? 'it is not to be changed' : `Holdfast needs ${shown(only)}`
    throw contradiction(source, `sets ${kind}.${path} to ${shown(value)}, but ${needed}.`, 'Leave it out of the patch.')
  }
}

/** Arguments of components that a setting decides, so that a patch would silently win over it. */
function takenArguments({ admissionPlugins, ...settings }: KubernetesSettings, user: UserConfig, release: KubernetesRelease) {
  const gates = { ...user.featureGates, ...settings.featureGates, ...gatesNeeded(release) }
  const apis = { ...user.runtimeConfig, ...settings.runtimeConfig }
  return new Map([
    ...(admissionPlugins === undefined
      ? []
      : ['enable-admission-plugins', 'disable-admission-plugins'].map((name) => [name, 'admissionPlugins'] as const)),
    ...(Object.keys(gates).length === 0 ? [] : [['feature-gates', 'featureGates'] as const]),
    ...(Object.keys(apis).length === 0 ? [] : [['runtime-config', 'runtimeConfig'] as const]),
    ['node-labels', 'the labels of nodes in a kind configuration'] as const,
  ])
}

function refuseArguments({ source, fields }: Patch, taken: ReadonlyMap<string, string>): void {
  for (const path of ['apiServer.extraArgs', 'controllerManager.extraArgs', 'scheduler.extraArgs', 'nodeRegistration.kubeletExtraArgs']) {
    const name = argumentNames(valueAt(fields, path)).find((each) => taken.has(each))
    if (name === undefined) continue
    const sentence = `sets ${name} in ${String(fields['kind'])}.${path}, which would replace what ${taken.get(name) ?? ''} sets.`
    throw contradiction(source, sentence, `Leave it out of the patch and use ${taken.get(name) ?? ''}.`)
  }
}

/** A mapping up to v1beta3, a list of names and values from v1beta4 on. */
function argumentNames(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map((entry: unknown) => String(valueAt(entry, 'name')))
  return isMapping(value) ? Object.keys(value) : []
}

function valueAt(fields: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isMapping(value) ? value[key] : undefined), fields)
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
