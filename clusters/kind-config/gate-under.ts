import { type KubernetesRelease, optionsOf, type ReleaseOptions } from '../images/kubernetes-release.ts'

/** Gates that move every gate of a stage which is not set itself. */
const collectiveGates = { AllAlpha: 'alpha', AllBeta: 'beta' } as const satisfies Readonly<
  Record<string, keyof ReleaseOptions['gateStages']>
>

/** Whether a gate stands for all of a stage. */
export function isCollective(gate: string): gate is keyof typeof collectiveGates {
  return Object.hasOwn(collectiveGates, gate)
}

/** State of a feature gate, and which gate was set for that: itself or one that stands for its stage; undefined where none was. */
export interface GateUnder {
  readonly isOn: boolean
  readonly by: string | undefined
}

/**
 * State of a feature gate of a release under the gates that are set, as Kubernetes takes them: what is set itself counts, then what is set
 * for its stage, then its default. A gate that the release does not have is off.
 */
export function gateUnder(gate: string, gates: Readonly<Record<string, boolean>>, release: KubernetesRelease): GateUnder {
  const { featureGates, gateStages } = optionsOf(release)
  const own = gates[gate]
  if (own !== undefined) return { isOn: own, by: gate }
  for (const [name, stage] of Object.entries(collectiveGates)) {
    const value = gates[name]
    if (value !== undefined && gateStages[stage].includes(gate)) return { isOn: value, by: name }
  }
  return { isOn: featureGates[gate]?.endsWith('on') === true, by: undefined }
}
