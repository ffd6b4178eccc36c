import { didYouMean } from '../../contract/nearest-name.ts'
import type { KubernetesSettings } from '../config.ts'
import { type KubernetesRelease, optionsOf } from '../images/kubernetes-release.ts'
import { contradiction, type SettingsSource } from './contradiction.ts'
import { gatesNeeded } from './holdfast-config.ts'
import type { UserConfig } from './user-config.ts'

const file: SettingsSource = 'The kind configuration'
const settingsFile: SettingsSource = 'The settings file'

/** Gates that stand for all of a stage. */
const collectiveGates = ['AllAlpha', 'AllBeta']

/** Plug-ins without which no suite can run: what they are for. */
const pluginsNeeded: Readonly<Record<string, string>> = {
  NamespaceLifecycle: 'namespaces are removed with all that is in them',
  ServiceAccount: 'the CSI driver authenticates with a token of its ServiceAccount',
  PodTopologyLabels: 'the CSI driver reads the zone of its node from a label of its Pod',
}

/** Throws a `SetupError` for a feature gate, an API or an admission plug-in that cannot be switched as the user wants. */
export function checkSwitches(settings: KubernetesSettings, user: UserConfig, release: KubernetesRelease): void {
  refuseTwoAnswers('featureGates', user.featureGates, settings.featureGates)
  refuseTwoAnswers('runtimeConfig', user.runtimeConfig, settings.runtimeConfig)
  checkGates(file, user.featureGates, release)
  checkGates(settingsFile, settings.featureGates ?? {}, release)
  checkPlugins(settings, release)
}

type Switches = Readonly<Record<string, boolean | string>>

function refuseTwoAnswers(key: string, one: Switches, other: Switches = {}): void {
  const name = Object.keys(one).find((each) => other[each] !== undefined && String(other[each]) !== String(one[each]))
  if (name === undefined) return
  const sentence = `sets ${name} of ${key} to ${String(one[name])}, and the settings file sets it to ${String(other[name])}.`
  throw contradiction(file, sentence, 'Set it in one of the two.')
}

function checkGates(source: SettingsSource, gates: Readonly<Record<string, boolean>>, release: KubernetesRelease): void {
  const { kubernetes } = release
  const known = optionsOf(release).featureGates
  const needed = gatesNeeded(release)
  for (const [name, value] of Object.entries(gates)) {
    if (collectiveGates.includes(name)) continue
    const state = known[name]
    if (state === undefined) {
      const near = didYouMean(name, Object.keys(known))
      throw contradiction(
        source,
        `sets the feature gate ${name}, which Kubernetes ${kubernetes} does not have.${near}`,
        'Leave it out of featureGates.',
      )
    }
    if (state.startsWith('locked') && state !== `locked ${value ? 'on' : 'off'}`)
      throw contradiction(
        source,
        `sets the feature gate ${name} to ${value}, but it is ${state} in Kubernetes ${kubernetes}.`,
        'Leave it out of featureGates.',
      )
    if (needed[name] !== undefined && needed[name] !== value)
      throw contradiction(
        source,
        `sets the feature gate ${name} to ${value}, but the CSI driver needs it in Kubernetes ${kubernetes}.`,
        'Leave it out of featureGates.',
      )
  }
}

function checkPlugins({ admissionPlugins: { enable = [], disable = [] } = {} }: KubernetesSettings, release: KubernetesRelease): void {
  const known = optionsOf(release).admissionPlugins
  const unknown = [...enable, ...disable].find((name) => !known.includes(name))
  if (unknown !== undefined) {
    const sentence = `names the admission plug-in ${unknown}, which Kubernetes ${release.kubernetes} does not have.${didYouMean(unknown, known)}`
    throw contradiction(settingsFile, sentence, 'Leave it out of admissionPlugins.')
  }
  const both = enable.find((name) => disable.includes(name))
  if (both !== undefined)
    throw contradiction(settingsFile, `both enables and disables the admission plug-in ${both}.`, 'Leave it in one of the two lists.')
  const needed = disable.find((name) => pluginsNeeded[name] !== undefined)
  if (needed === undefined) return
  throw contradiction(settingsFile, `disables the admission plug-in ${needed}, but ${pluginsNeeded[needed] ?? ''}.`, 'Leave it enabled.')
}
