import { z } from 'zod'
import type { Mapping } from '../config.ts'
import type { SetupError } from '../setup-error.ts'
import { contradiction, shown } from './contradiction.ts'
import { type Mount, podNetwork, zoneLabel } from './holdfast-config.ts'
import { volumesInNode } from '../directories.ts'

const mount = z.looseObject({ hostPath: z.string(), containerPath: z.string() })

const node = z.looseObject({
  role: z.enum(['control-plane', 'worker']).default('control-plane'),
  image: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  extraMounts: z.array(mount).optional(),
  kubeadmConfigPatches: z.array(z.string()).optional(),
})

const schema = z.looseObject({
  kind: z.literal('Cluster'),
  apiVersion: z.literal('kind.x-k8s.io/v1alpha4'),
  name: z.string().optional(),
  nodes: z.array(node).default([]),
  networking: z.record(z.string(), z.unknown()).default({}),
  featureGates: z.record(z.string(), z.boolean()).default({}),
  runtimeConfig: z.record(z.string(), z.string()).default({}),
  kubeadmConfigPatches: z.array(z.string()).default([]),
})

/** Node of a kind configuration; what Holdfast has no opinion on goes on to kind as it is. */
export interface UserNode extends Mapping {
  readonly labels?: Readonly<Record<string, string>> | undefined
  readonly extraMounts?: readonly Mount[] | undefined
  readonly kubeadmConfigPatches?: readonly string[] | undefined
}

/** A kind configuration of the user's, as far as it is merged by key. */
export interface UserConfig {
  readonly controlPlane: UserNode
  /** Undefined when it lists no nodes. */
  readonly workers: readonly UserNode[] | undefined
  readonly networking: Mapping
  readonly featureGates: Readonly<Record<string, boolean>>
  readonly runtimeConfig: Readonly<Record<string, string>>
  readonly kubeadmConfigPatches: readonly string[]
  /** Keys that kind alone understands. */
  readonly rest: Mapping
}

const leastWorkers = 2

/** Reads a kind configuration. Throws a `SetupError` for one that is none, and for what Holdfast must decide itself. */
export function readUserConfig(config: Mapping = { kind: 'Cluster', apiVersion: 'kind.x-k8s.io/v1alpha4' }): UserConfig {
  const parsed = schema.safeParse(config)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refused(`has a wrong ${issue?.path.join('.') ?? 'form'}: ${issue?.message ?? ''}.`, 'Correct it as kind documents it.')
  }
  const { kind: _, apiVersion: __, name, nodes, networking, featureGates, runtimeConfig, kubeadmConfigPatches, ...rest } = parsed.data
  if (name !== undefined) throw refused(`names the cluster ${name}.`, 'Leave name out of it, and use --name.')
  refuseNetworking(networking)
  for (const each of nodes) refuseNode(each)
  const controlPlanes = nodes.filter(({ role }) => role === 'control-plane')
  const workers = nodes.filter(({ role }) => role === 'worker')
  if (nodes.length > 0 && (controlPlanes.length !== 1 || workers.length < leastWorkers)) {
    const found = `${controlPlanes.length} control-plane and ${workers.length} worker nodes`
    throw refused(`lists ${found}.`, `List 1 control-plane and at least ${leastWorkers} worker nodes, or no nodes.`)
  }
  const listed = { controlPlane: controlPlanes[0] ?? {}, workers: nodes.length === 0 ? undefined : workers }
  return { ...listed, networking, featureGates, runtimeConfig, kubeadmConfigPatches, rest }
}

function refuseNode({ image, labels = {}, extraMounts = [] }: z.infer<typeof node>): void {
  if (image !== undefined)
    throw refused(
      `gives a node the image ${image}.`,
      'Leave image out of it: Holdfast bakes what suites need into its own. Use --kubernetes.',
    )
  if (zoneLabel in labels) throw refused(`sets the label ${zoneLabel} of a node.`, 'Leave it out: Holdfast puts nodes into two zones.')
  const taken = extraMounts.find(({ containerPath }) => containerPath === volumesInNode)
  if (taken !== undefined)
    throw refused(`mounts ${taken.hostPath} at ${volumesInNode}, where the CSI driver has its volumes.`, 'Mount it elsewhere.')
}

/** Keys of `networking` that may have only one value here. */
const fixedNetworking: Readonly<Record<string, { readonly only: unknown; readonly why: string }>> = {
  disableDefaultCNI: { only: undefined, why: 'whether kind or the node image joins Pods depends on where images come from' },
  podSubnet: { only: podNetwork, why: `nodes are joined by routes within ${podNetwork}` },
  ipFamily: { only: 'ipv4', why: 'nodes are joined by routes of IPv4' },
}

function refuseNetworking(networking: Mapping): void {
  for (const [key, { only, why }] of Object.entries(fixedNetworking)) {
    const value = networking[key]
    if (value !== undefined && value !== only)
      throw refused(`sets networking.${key} to ${shown(value)}, but ${why}.`, `Leave ${key} out of it.`)
  }
  if (networking['kubeProxyMode'] === 'none')
    throw refused('sets networking.kubeProxyMode to none, but Services need a kube-proxy.', 'Choose iptables, ipvs or nftables.')
}

function refused(sentence: string, fix: string): SetupError {
  return contradiction('The kind configuration', sentence, fix)
}
