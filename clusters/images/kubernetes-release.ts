import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../directories.ts'
import { defaultKubernetes } from './versions.ts'

/** A Kubernetes that clusters can be made of: one patch release of a minor, with what its own kubeadm takes beside it. */
export interface KubernetesRelease {
  /** `1.37`, also the name of its folder in `kubernetes/`. */
  readonly minor: string
  /** `v1.37.2` */
  readonly kubernetes: string
  /** Tag of the etcd image, `3.7.0-0`. */
  readonly etcd: string
  /** Tag of the CoreDNS image, `v1.14.6`. */
  readonly coredns: string
  /** Tag of the pause image, `3.10.2`. */
  readonly pause: string
  /** True where CoreDNS does not compile with the libraries of this Kubernetes, and so has a Go module of its own in `coredns/`. */
  readonly corednsApart?: true
}

const directory = join(projectRoot, 'clusters/images/kubernetes')

function minorNumber(minor: string): number {
  return Number(minor.split('.')[1])
}

function readReleases(): readonly KubernetesRelease[] {
  const minors = readdirSync(directory).toSorted((one, other) => minorNumber(one) - minorNumber(other))
  return minors.map((minor) => {
    const pins = JSON.parse(readFileSync(join(directory, minor, 'pins.json'), 'utf8')) as Omit<KubernetesRelease, 'minor'>
    return { minor, ...pins }
  })
}

/** State of a feature gate that nobody sets; a locked one cannot be set to anything else. */
export type GateState = 'on' | 'off' | 'locked on' | 'locked off'

/** Fields of an object by name; `true` for one that may hold anything. */
export interface ReleaseFields {
  readonly [name: string]: ReleaseFields | true
}

/** What can be switched on and off in a release, and configured. */
export interface ReleaseOptions {
  readonly featureGates: Readonly<Record<string, GateState>>
  /** Gates that are alpha and those that are beta, which AllAlpha and AllBeta move. */
  readonly gateStages: Readonly<Record<'alpha' | 'beta', readonly string[]>>
  /** Gates that must be on for a gate to be, where there are any. */
  readonly gateDependencies: Readonly<Record<string, readonly string[]>>
  readonly admissionPlugins: readonly string[]
  /** Fields of each object that kind writes for kubeadm. */
  readonly fields: Readonly<Record<string, ReleaseFields>>
}

/** Reads what can be switched on and off in a release, and configured. */
export function optionsOf({ minor }: KubernetesRelease): ReleaseOptions {
  return JSON.parse(readFileSync(join(directory, minor, 'options.json'), 'utf8')) as ReleaseOptions
}

/** True when a release is of this minor (`1.35`) or a newer one. */
export function isSince(release: KubernetesRelease, minor: string): boolean {
  return minorNumber(release.minor) >= minorNumber(minor)
}

/** Every Kubernetes that a cluster can be made of, oldest first. */
export const kubernetesReleases = readReleases()

/** The release that a minor (`1.37`) or a patch (`v1.37.2`, `1.37.2`) names; undefined for one that is not pinned here. */
export function findRelease(text: string): KubernetesRelease | undefined {
  const name = text.replace(/^v/, '')
  return kubernetesReleases.find(({ minor, kubernetes }) => name === minor || `v${name}` === kubernetes)
}

/** The release that a minor or a patch names, the default one when there is no name. Throws for one that is not pinned here. */
export function releaseOf(text: string = defaultKubernetes): KubernetesRelease {
  const found = findRelease(text)
  if (found === undefined) throw new Error(`Kubernetes ${text} is not pinned.`)
  return found
}

/** Pinned versions nearest to what was asked for, nearest first: those of its minor, else of the minors beside it. */
export function nearestReleases(text: string): readonly string[] {
  const asked = /^v?1\.(\d+)/.exec(text)?.[1]
  const from = asked === undefined ? minorNumber(defaultKubernetes) : Number(asked)
  const distance = ({ minor }: KubernetesRelease): number => Math.abs(minorNumber(minor) - from)
  const nearest = kubernetesReleases.toSorted((one, other) => distance(one) - distance(other))
  const same = nearest.filter((release) => distance(release) === 0)
  return (same.length > 0 && asked !== undefined ? same : nearest.slice(0, 2)).map(({ kubernetes }) => kubernetes)
}
