import { parse } from 'yaml'
import { configurationFields, type Fields, gateDependencies } from './kubernetes-fields.ts'

/** What the source of one Kubernetes says about itself, as text of its files. */
export interface KubernetesSource {
  /** `go.mod` */
  readonly goMod: string
  /** `cmd/kubeadm/app/constants/constants.go` */
  readonly kubeadmConstants: string
  /** `test/compatibility_lifecycle/reference/versioned_feature_list.yaml` */
  readonly featureList: string
  /** `pkg/kubeapiserver/options/plugins.go` */
  readonly plugins: string
  /** `pkg/features/kube_features.go` */
  readonly features: string
  /** `types.go` of the configurations that kind writes for kubeadm, of kubeadm itself, kubelet and kube-proxy. */
  readonly kubeadmTypes: string
  readonly kubeletTypes: string
  readonly kubeProxyTypes: string
}

/** `pins.json` of a minor: what its own kubeadm takes beside Kubernetes. */
export interface Pins {
  readonly kubernetes: string
  readonly etcd: string
  readonly coredns: string
  readonly pause: string
  /** CoreDNS has a Go module of its own. */
  readonly corednsApart?: true
}

/** `options.json` of a minor: what can be switched on and off. */
export interface Options {
  /** State of each feature gate unless it is set; a locked one cannot be. */
  readonly featureGates: Readonly<Record<string, 'on' | 'off' | 'locked on' | 'locked off'>>
  /** Gates that are alpha and those that are beta, which AllAlpha and AllBeta move. */
  readonly gateStages: Readonly<Record<'alpha' | 'beta', readonly string[]>>
  /** Gates that must be on for a gate to be, where there are any. */
  readonly gateDependencies: Readonly<Record<string, readonly string[]>>
  readonly admissionPlugins: readonly string[]
  /** Fields of each object that kind writes for kubeadm. */
  readonly fields: Readonly<Record<string, Fields>>
}

/** Programs of Kubernetes that a node and a control plane run, and `kubectl`. */
const programs = ['kube-apiserver', 'kube-controller-manager', 'kube-proxy', 'kube-scheduler', 'kubeadm', 'kubectl', 'kubelet']

/** `1.37` of `v1.37.2`. */
export function minorOf(version: string): string {
  return version.slice(1).split('.').slice(0, 2).join('.')
}

/** Version of the staging modules that belong to a Kubernetes: `v0.37.2` to `v1.37.2`. */
export function stagingVersion(version: string): string {
  return version.replace(/^v1\./, 'v0.')
}

/** Versions of etcd, CoreDNS and pause by the constants of kubeadm. Throws where a constant is missing. */
export function readPins(version: string, { kubeadmConstants }: KubernetesSource): Pins {
  const constant = (name: string): string => {
    const found = new RegExp(`^\\s*${name} = "([^"]+)"`, 'm').exec(kubeadmConstants)?.[1]
    if (found === undefined) throw new Error(`kubeadm of ${version} has no constant ${name}.`)
    return found
  }
  return {
    kubernetes: version,
    etcd: constant('DefaultEtcdVersion'),
    coredns: constant('CoreDNSVersion'),
    pause: constant('PauseVersion'),
  }
}

interface FeatureGate {
  readonly name: string
  readonly versionedSpecs: readonly {
    readonly default: boolean
    readonly lockToDefault: boolean
    readonly preRelease: string
    readonly version: string
  }[]
}

/** Folder of the types of kubeadm that kind writes for a Kubernetes. */
export function kubeadmApi(version: string): string {
  return Number(minorOf(version).split('.')[1]) >= 36 ? 'v1beta4' : 'v1beta3'
}

/** Feature gates as they are in the minor of `version`, the admission plug-ins, and what can be configured. */
export function readOptions(version: string, { featureList, plugins, features, ...types }: KubernetesSource): Options {
  const minor = Number(minorOf(version).split('.')[1])
  const specs = (parse(featureList) as readonly FeatureGate[]).flatMap(({ name, versionedSpecs }) => {
    const spec = versionedSpecs.findLast((each) => Number(each.version.split('.')[1]) <= minor)
    return spec === undefined ? [] : [{ name, ...spec }]
  })
  const gates = specs.map(({ name, default: isOn, lockToDefault }) => {
    const state = isOn ? 'on' : 'off'
    return [name, lockToDefault ? (`locked ${state}` as const) : state] as const
  })
  const inStage = (stage: string) => specs.flatMap(({ name, preRelease }) => (preRelease === stage ? [name] : [])).toSorted()
  const ordered = /AllOrderedPlugins = \[\]string\{(.*?)^\}/ms.exec(plugins)?.[1] ?? ''
  const admissionPlugins = [...ordered.matchAll(/PluginName,\s*\/\/ (\w+)/g)].map(([, name = '']) => name).toSorted()
  if (gates.length === 0 || admissionPlugins.length === 0)
    throw new Error(`${version} lists no feature gates or no admission plug-ins where they used to be.`)
  return {
    featureGates: Object.fromEntries(gates.toSorted(([one], [other]) => (one < other ? -1 : 1))),
    gateStages: { alpha: inStage('Alpha'), beta: inStage('Beta') },
    gateDependencies: gateDependencies(features),
    admissionPlugins,
    fields: configurationFields([
      ...['ClusterConfiguration', 'InitConfiguration', 'JoinConfiguration'].map((kind) => ({ kind, text: types.kubeadmTypes })),
      { kind: 'KubeletConfiguration', text: types.kubeletTypes },
      { kind: 'KubeProxyConfiguration', text: types.kubeProxyTypes },
    ]),
  }
}

/** Modules that are developed within Kubernetes and published with it. */
export function stagingModules({ goMod }: KubernetesSource): readonly string[] {
  return [...goMod.matchAll(/^\t?(k8s\.io\/[\w-]+) => \.\/staging\//gm)].map(([, name = '']) => name)
}

/** Module and package of CoreDNS. */
export const coredns = 'github.com/coredns/coredns'

/** Modules that the programs are in, at the versions that are pinned. */
export function requirements(pins: Pins, kind: string): Readonly<Record<string, string>> {
  return {
    'k8s.io/kubernetes': pins.kubernetes,
    'go.etcd.io/etcd/server/v3': `v${pins.etcd.replace(/-\d+$/, '')}`,
    ...(pins.corednsApart !== true && { [coredns]: pins.coredns }),
    'sigs.k8s.io/kind': kind,
  }
}

/** The `go.mod` of CoreDNS where it has one of its own, before `go mod tidy`: it takes the libraries that it names itself. */
export function corednsGoMod(pins: Pins): string {
  return `module holdfast.local/images\n\ngo 1.24.0\n\ntool ${coredns}\n\nrequire ${coredns} ${pins.coredns}\n`
}

/** The `go.mod` of a minor that is new, before `go mod tidy`. */
export function newGoMod(): string {
  const tools = [...programs.map((name) => `k8s.io/kubernetes/cmd/${name}`), 'go.etcd.io/etcd/server/v3', coredns]
  return `module holdfast.local/images\n\ntool (\n${[...tools, 'sigs.k8s.io/kind'].map((tool) => `\t${tool}\n`).join('')})\n`
}

/** Arguments of `go mod edit` that bring a `go.mod` to a Kubernetes: its Go, its modules, its staging modules, and none of others. */
export function edits(
  pins: Pins,
  source: KubernetesSource,
  { kind, before }: { readonly kind: string; readonly before: string },
): string[] {
  const go = /^go (\S+)/m.exec(source.goMod)?.[1]
  if (go === undefined) throw new Error(`go.mod of ${pins.kubernetes} names no version of Go.`)
  const staging = stagingModules(source)
  const stale = [...before.matchAll(/^\t?(k8s\.io\/[\w-]+) => /gm)].flatMap(([, name = '']) => (staging.includes(name) ? [] : [name]))
  return [
    `-go=${go}`,
    ...(pins.corednsApart === true ? [`-droptool=${coredns}`, `-droprequire=${coredns}`] : [`-tool=${coredns}`]),
    ...Object.entries(requirements(pins, kind)).map(([module, version]) => `-require=${module}@${version}`),
    ...stale.map((module) => `-dropreplace=${module}`),
    ...staging.map((module) => `-replace=${module}=${module}@${stagingVersion(pins.kubernetes)}`),
  ]
}

/** Required modules whose version in a tidy `go.mod` is not the one that was pinned, a sentence each. */
export function drifted(goMod: string, required: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(required).flatMap(([module, version]) => {
    const found = new RegExp(`^\\t?(?:require )?${module.replaceAll('.', '\\.')} (v\\S+)`, 'm').exec(goMod)?.[1]
    return found === version ? [] : [`${module} resolves to ${found ?? 'nothing'}, not ${version}: another module needs a newer one.`]
  })
}

/** Modules that `go mod tidy` could not get, each once with the reason; all that it said where it names none. */
export function unresolved(stderr: string): readonly string[] {
  const found = [...stderr.matchAll(/(\S+@v[^\s:]+): reading \S+: (.+)/g)].map(([, module = '', why = '']) => `${module} (${why})`)
  return found.length > 0 ? [...new Set(found)] : [stderr.trim()]
}
