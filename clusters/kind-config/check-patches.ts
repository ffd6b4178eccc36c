import { parseAllDocuments } from 'yaml'
import { didYouMean } from '../../contract/nearest-name.ts'
import type { KubernetesSettings, Mapping } from '../config.ts'
import { isSince, type KubernetesRelease, optionsOf, type ReleaseFields } from '../images/kubernetes-release.ts'
import { type AskedPlugins, checkPlugins, pluginsFile } from './check-plugins.ts'
import { contradiction, type SettingsSource, shown } from './contradiction.ts'
import { gatesNeeded, kubeletNeeds, podNetwork } from './holdfast-config.ts'
import type { UserConfig } from './user-config.ts'

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

const apiServerArguments = 'apiServer.extraArgs'

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
  const hasFile = patches.some(({ fields }) => argumentsIn(valueAt(fields, apiServerArguments))[pluginsFile] !== undefined)
  if (settings.admissionPlugins !== undefined)
    checkPlugins({ source: 'The settings file', ...settings.admissionPlugins }, { release, hasFile })
  for (const patch of patches) {
    refuseTarget(patch, release)
    refuseUnknown(patch, release)
    refuseFields(patch, release)
    refuseArguments(patch, taken)
    checkPlugins(pluginsIn(patch), { release, hasFile })
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
  const patched = Object.keys(optionsOf(release).fields)
  if (typeof kind !== 'string' || !patched.includes(kind))
    throw contradiction(source, `patches a ${shown(kind)}, which kind does not write.`, `Set its kind to one of ${patched.join(', ')}.`)
  if (typeof apiVersion !== 'string' || !apiVersion.startsWith('kubeadm.k8s.io/')) return
  // From this minor on kind writes the newer version, and leaves out a patch of another one without a word.
  const written = `kubeadm.k8s.io/${isSince(release, '1.36') ? 'v1beta4' : 'v1beta3'}`
  if (apiVersion === written) return
  const sentence = `patches a ${kind} of ${apiVersion}, but kind writes ${written} for Kubernetes ${release.kubernetes}.`
  throw contradiction(source, sentence, 'Leave apiVersion out of the patch, and check its fields.')
}

/** Kubernetes leaves out a field that it does not know, and says so in a log alone. */
function refuseUnknown({ source, fields }: Patch, release: KubernetesRelease): void {
  const kind = String(fields['kind'])
  const known = optionsOf(release).fields[kind] ?? {}
  const unknown = unknownField(fields, known)
  if (unknown === undefined) return
  const { path, near } = unknown
  const sentence = `sets ${kind}.${path}, which Kubernetes ${release.kubernetes} does not have.${near}`
  throw contradiction(source, sentence, 'Leave it out of the patch.')
}

function unknownField(value: Mapping, known: ReleaseFields): { readonly path: string; readonly near: string } | undefined {
  for (const [name, inner] of Object.entries(value)) {
    const fields = known[name]
    if (fields === undefined) return { path: name, near: didYouMean(name, Object.keys(known)) }
    const below = fields === true || !isMapping(inner) ? undefined : unknownField(inner, fields)
    if (below !== undefined) return { ...below, path: `${name}.${below.path}` }
  }
  return undefined
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
  const asked = { ...user.featureGates, ...settings.featureGates }
  const gates = { ...asked, ...gatesNeeded(release, asked) }
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
  for (const path of [apiServerArguments, 'controllerManager.extraArgs', 'scheduler.extraArgs', 'nodeRegistration.kubeletExtraArgs']) {
    const name = Object.keys(argumentsIn(valueAt(fields, path))).find((each) => taken.has(each))
    if (name === undefined) continue
    const sentence = `sets ${name} in ${String(fields['kind'])}.${path}, which would replace what ${taken.get(name) ?? ''} sets.`
    throw contradiction(source, sentence, `Leave it out of the patch and use ${taken.get(name) ?? ''}.`)
  }
}

/** Admission plug-ins that a patch switches by arguments of the API server. */
function pluginsIn({ source, fields }: Patch): AskedPlugins {
  const given = argumentsIn(valueAt(fields, apiServerArguments))
  const named = (name: string) => {
    const value = given[name]
    return typeof value === 'string' ? value.split(',') : []
  }
  return { source, enable: named('enable-admission-plugins'), disable: named('disable-admission-plugins') }
}

/** A mapping up to v1beta3, a list of names and values from v1beta4 on. */
function argumentsIn(value: unknown): Mapping {
  if (Array.isArray(value))
    return Object.fromEntries(value.map((entry: unknown) => [String(valueAt(entry, 'name')), valueAt(entry, 'value')]))
  return isMapping(value) ? value : {}
}

function valueAt(fields: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isMapping(value) ? value[key] : undefined), fields)
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
