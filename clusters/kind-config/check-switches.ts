import { didYouMean } from '../../contract/nearest-name.ts'
import type { KubernetesSettings } from '../config.ts'
import { type KubernetesRelease, optionsOf } from '../images/kubernetes-release.ts'
import { contradiction, type SettingsSource } from './contradiction.ts'
import { gateUnder, isCollective } from './gate-under.ts'
import { driverGate } from './holdfast-config.ts'
import type { UserConfig } from './user-config.ts'

const file: SettingsSource = 'The kind configuration'
const settingsFile: SettingsSource = 'The settings file'

/** APIs without which no suite can run. */
const apisNeeded = [
  ...['v1', 'apps/v1', 'storage.k8s.io/v1', 'rbac.authorization.k8s.io/v1', 'apiextensions.k8s.io/v1'],
  ...['coordination.k8s.io/v1', 'discovery.k8s.io/v1', 'authentication.k8s.io/v1', 'authorization.k8s.io/v1'],
]

/** Keys that stand for several APIs, among them those that are needed. */
const collectiveApis = ['api/all', 'api/ga']

/** Throws a `SetupError` for a feature gate or an API that cannot be switched as the user wants. */
export function checkSwitches(settings: KubernetesSettings, user: UserConfig, release: KubernetesRelease): void {
  refuseTwoAnswers('featureGates', user.featureGates, settings.featureGates)
  refuseTwoAnswers('runtimeConfig', user.runtimeConfig, settings.runtimeConfig)
  checkGates(file, user.featureGates, release)
  checkGates(settingsFile, settings.featureGates ?? {}, release)
  const sourceOf = (gate: string) => (settings.featureGates?.[gate] === undefined ? file : settingsFile)
  checkDependencies({ ...user.featureGates, ...settings.featureGates }, sourceOf, release)
  checkApis(file, user.runtimeConfig)
  checkApis(settingsFile, settings.runtimeConfig ?? {})
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
  for (const [name, value] of Object.entries(gates)) {
    if (isCollective(name)) continue
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
    if (name === driverGate && !value)
      throw contradiction(
        source,
        `sets the feature gate ${name} to ${value}, but the CSI driver needs it in Kubernetes ${kubernetes}.`,
        'Leave it out of featureGates.',
      )
  }
}

/** A gate that is on needs others, and Kubernetes ends where one of them is off. */
function checkDependencies(
  gates: Readonly<Record<string, boolean>>,
  sourceOf: (gate: string) => SettingsSource,
  release: KubernetesRelease,
): void {
  const { featureGates, gateDependencies } = optionsOf(release)
  const { kubernetes } = release
  for (const [gate, needed] of Object.entries(gateDependencies)) {
    const { isOn, by } = gateUnder(gate, gates, release)
    const off = isOn ? needed.find((each) => !gateUnder(each, gates, release).isOn) : undefined
    if (off === undefined) continue
    const offBy = gateUnder(off, gates, release).by
    const why = by === undefined || by === gate ? `is on in Kubernetes ${kubernetes}` : `${by} turns on`
    if (offBy === off) {
      const sentence = `sets the feature gate ${off} to false, but ${gate} needs it, which ${why}.`
      const isLocked = featureGates[gate]?.startsWith('locked') === true
      throw contradiction(
        sourceOf(off),
        sentence,
        `${isLocked ? 'Leave' : `Set ${gate} to false too, or leave`} ${off} out of featureGates.`,
      )
    }
    if (offBy !== undefined) {
      const sentence = `sets the feature gate ${offBy} to false, which turns ${off} off, but ${gate} needs that, which ${why}.`
      throw contradiction(sourceOf(offBy), sentence, `Set ${off} to true, or leave ${offBy} out of featureGates.`)
    }
    // By itself no release has a gate that is on and needs one that is off.
    const set = by ?? gate
    const turned = set === gate ? 'but it' : `which turns ${gate} on, but that`
    const sentence = `sets the feature gate ${set} to true, ${turned} needs ${off}, which is off in Kubernetes ${kubernetes}.`
    throw contradiction(sourceOf(set), sentence, `Set ${off} to true too, or leave ${set} out of featureGates.`)
  }
}

function checkApis(source: SettingsSource, apis: Switches): void {
  const off = Object.keys(apis).find((name) => String(apis[name]) === 'false' && [...apisNeeded, ...collectiveApis].includes(name))
  if (off === undefined) return
  throw contradiction(source, `switches ${off} off, which suites and the components of the cluster use.`, 'Leave it out of runtimeConfig.')
}
