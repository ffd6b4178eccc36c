import { didYouMean } from '../../contract/nearest-name.ts'
import { type KubernetesRelease, optionsOf } from '../images/kubernetes-release.ts'
import { contradiction, type SettingsSource } from './contradiction.ts'

/** Plug-ins without which no suite can run: what they are for. */
const needed: Readonly<Record<string, string>> = {
  NamespaceLifecycle: 'namespaces are removed with all that is in them',
  ServiceAccount: 'the CSI driver authenticates with a token of its ServiceAccount',
  PodTopologyLabels: 'the CSI driver reads the zone of its node from a label of its Pod',
}

/** Plug-ins with which no Pod starts. */
const inTheWay: Readonly<Record<string, string>> = {
  AlwaysPullImages: 'nodes have images of their own, which no registry has',
  AlwaysDeny: 'it refuses every request',
}

/** Plug-ins with which the API server ends at once unless a file configures them. */
const configuredByFile = ['EventRateLimit', 'ImagePolicyWebhook']

/** Argument of the API server that names this file. */
export const pluginsFile = 'admission-control-config-file'

/** Plug-ins that are switched on and off, and where. */
export interface AskedPlugins {
  readonly source: SettingsSource
  readonly enable?: readonly string[] | undefined
  readonly disable?: readonly string[] | undefined
}

/** Throws a `SetupError` for an admission plug-in that cannot be switched as the user wants. `hasFile`: whether a file configures some. */
export function checkPlugins(
  { source, enable = [], disable = [] }: AskedPlugins,
  { release, hasFile }: { readonly release: KubernetesRelease; readonly hasFile: boolean },
): void {
  const known = optionsOf(release).admissionPlugins
  const unknown = [...enable, ...disable].find((name) => !known.includes(name))
  if (unknown !== undefined) {
    const sentence = `names the admission plug-in ${unknown}, which Kubernetes ${release.kubernetes} does not have.${didYouMean(unknown, known)}`
    throw contradiction(source, sentence, 'Leave it out of admissionPlugins.')
  }
  const both = enable.find((name) => disable.includes(name))
  if (both !== undefined)
    throw contradiction(source, `both enables and disables the admission plug-in ${both}.`, 'Leave it in one of the two lists.')
  const off = disable.find((name) => needed[name] !== undefined)
  if (off !== undefined)
    throw contradiction(source, `disables the admission plug-in ${off}, but ${needed[off] ?? ''}.`, 'Leave it enabled.')
  const on = enable.find((name) => inTheWay[name] !== undefined)
  if (on !== undefined) throw contradiction(source, `enables the admission plug-in ${on}, but ${inTheWay[on] ?? ''}.`, 'Leave it out.')
  const bare = hasFile ? undefined : enable.find((name) => configuredByFile.includes(name))
  if (bare === undefined) return
  const sentence = `enables the admission plug-in ${bare}, with which the API server does not start unless a file configures it.`
  throw contradiction(source, sentence, `Name the file with ${pluginsFile} in a patch of ClusterConfiguration.apiServer.extraArgs.`)
}
