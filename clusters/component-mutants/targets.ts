import { systemNamespace } from '../../contract/system.ts'
import { type GoModule, type GoProgram, moduleOf, programsOf, sidecarModule } from '../images/catalogue.ts'
import type { KubernetesRelease } from '../images/kubernetes-release.ts'
import { sidecarImages } from '../images/sidecar-images.ts'
import { veleroNamespace } from '../profiles/velero-profile.ts'

/** Containers of a Deployment or a DaemonSet that run a component. */
export interface Workload {
  readonly kind: 'Deployment' | 'DaemonSet'
  readonly namespace: string
  readonly name: string
  readonly container: string
}

/** How a component is run on a cluster of ours. */
export type Runs =
  /** By a manifest on the control plane; it is in charge once it holds its Lease in `kube-system`. */
  | { readonly as: 'static Pod' }
  /** By systemd on each node. */
  | { readonly as: 'service' }
  | { readonly as: 'workloads'; readonly workloads: readonly Workload[] }

/** A component that mutants are compiled into. */
interface Target {
  readonly runs: Runs
  readonly program: (release: KubernetesRelease) => GoProgram & { readonly module: GoModule }
}

function ofKubernetes(binary: string, runs: Runs): Target {
  return { runs, program: (release) => ({ binary, package: `k8s.io/kubernetes/cmd/${binary}`, module: moduleOf(release) }) }
}

function sidecar(name: (typeof sidecarImages)[number]['name'], deployment: string): Target {
  const workloads = [{ kind: 'Deployment', namespace: systemNamespace, name: deployment, container: name }] as const
  const [program] = sidecarImages.filter((image) => image.name === name).flatMap(programsOf)
  if (program === undefined) throw new TypeError(`${name} is not built from a Go module.`)
  return { runs: { as: 'workloads', workloads }, program: () => ({ ...program, module: sidecarModule }) }
}

const ofDriver = 'csi-hostpath-controller'

/** Components that have mutants, each with the program it is and how it is run. */
export const targets = {
  'kube-controller-manager': ofKubernetes('kube-controller-manager', { as: 'static Pod' }),
  'kube-scheduler': ofKubernetes('kube-scheduler', { as: 'static Pod' }),
  kubelet: ofKubernetes('kubelet', { as: 'service' }),
  'csi-provisioner': sidecar('csi-provisioner', ofDriver),
  'csi-attacher': sidecar('csi-attacher', ofDriver),
  'csi-resizer': sidecar('csi-resizer', ofDriver),
  'csi-snapshotter': sidecar('csi-snapshotter', ofDriver),
  'snapshot-controller': sidecar('snapshot-controller', 'snapshot-controller'),
  velero: {
    runs: {
      as: 'workloads',
      workloads: [
        { kind: 'Deployment', namespace: veleroNamespace, name: 'velero', container: 'velero' },
        { kind: 'DaemonSet', namespace: veleroNamespace, name: 'node-agent', container: 'node-agent' },
      ],
    },
    program: () => ({ binary: 'velero', package: 'github.com/vmware-tanzu/velero/cmd/velero', module: 'go-velero' }),
  },
} as const satisfies Readonly<Record<string, Target>>

/** Name of a component that has mutants. */
export type ComponentName = keyof typeof targets

/** Whether a component of this name has mutants. */
export function isComponentName(name: string): name is ComponentName {
  return Object.hasOwn(targets, name)
}
