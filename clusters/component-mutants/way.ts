import type { V1PodTemplateSpec } from '@kubernetes/client-node'
import type { ClusterRecord, NodeRecord } from '../../contract/cluster-record.ts'
import type { ClusterApi } from '../api.ts'
import { veleroReady } from '../steps/velero.ts'
import { untilAnswered } from '../until-answered.ts'
import { renewedSince, startMutated, startOriginal } from './service.ts'
import { endLease, leaderOf, mutatedManifest, readManifest, writeManifest } from './static-pod.ts'
import { type ComponentName, type Runs, targets, type Workload } from './targets.ts'
import { missingOf, mutatedTemplate, readTemplate, writeTemplate } from './workload-template.ts'

/** Where a component is: the cluster, and the nodes that get its binary, the control plane first. */
export interface Site {
  readonly component: ComponentName
  readonly record: ClusterRecord
  readonly api: ClusterApi
  readonly nodes: readonly NodeRecord[]
}

/** How a component is given another binary, and back its own. */
export interface Way {
  /** What it is run by, as it is: a value for JSON. */
  read(): Promise<unknown>
  /** Runs the binary with this mutant in force. */
  mutate(original: unknown, mutant: string): Promise<void>
  restore(original: unknown): Promise<void>
  /** What is missing until the process that `mutate` or `restore` started is in charge; undefined when nothing is. */
  missing(): Promise<string | undefined>
  /** Names of the containers, or of the service, whose output tells what it does. */
  readonly output: { readonly by: 'container' | 'service'; readonly names: readonly string[] }
}

/** The nodes that a component is on. */
export function nodesOf(component: ComponentName, { nodes }: ClusterRecord): readonly NodeRecord[] {
  const first = nodes.toSorted((one, other) => Number(other.role === 'control-plane') - Number(one.role === 'control-plane'))
  const { runs } = targets[component]
  const isEverywhere = runs.as === 'service' || (runs.as === 'workloads' && runs.workloads.some(({ kind }) => kind === 'DaemonSet'))
  return isEverywhere ? first : first.filter(({ role }) => role === 'control-plane')
}

/** The way in which a component is given another binary. */
export function wayOf(site: Site): Way {
  const runs: Runs = targets[site.component].runs
  switch (runs.as) {
    case 'static Pod':
      return ofStaticPod(site)
    case 'service':
      return ofService(site)
    case 'workloads':
      return ofWorkloads(site, runs.workloads)
  }
}

function ofStaticPod({ component, api, nodes: [node] }: Site): Way {
  if (node === undefined) throw new TypeError('The cluster has no control plane.')
  let former: string | undefined
  const replace = async (text: string): Promise<void> => {
    former = await untilAnswered(async () => leaderOf(api, component))
    await writeManifest(node, component, text)
  }
  return {
    output: { by: 'container', names: [component] },
    read: async () => readManifest(node, component),
    mutate: async (original, mutant) => replace(mutatedManifest(String(original), { component, mutant })),
    restore: async (original) => replace(String(original)),
    async missing() {
      const leader = await leaderOf(api, component)
      if (leader !== undefined && leader !== former) return undefined
      if (leader !== undefined) await endLease(api, component)
      return 'nobody holds its Lease'
    },
  }
}

function ofService({ api, nodes }: Site): Way {
  let since = new Date()
  const each = async (start: (node: NodeRecord) => Promise<void>): Promise<void> => {
    await Promise.all(nodes.map(start))
    since = new Date()
  }
  return {
    output: { by: 'service', names: ['kubelet'] },
    read: async () => Promise.resolve(null),
    mutate: async (_, mutant) => each(async (node) => startMutated(node, mutant)),
    restore: async () => each(startOriginal),
    async missing() {
      const renewed = await Promise.all(nodes.map(async (node) => renewedSince(api, node, since)))
      const silent = nodes.find((_, index) => renewed[index] !== true)
      return silent === undefined ? undefined : `node ${silent.name} has not renewed its Lease`
    },
  }
}

function ofWorkloads({ component, record, api }: Site, workloads: readonly Workload[]): Way {
  const all = async (templates: readonly V1PodTemplateSpec[], change: (template: V1PodTemplateSpec, of: Workload) => V1PodTemplateSpec) => {
    for (const [index, workload] of workloads.entries()) {
      const template = templates[index]
      if (template !== undefined) await writeTemplate(api, workload, change(template, workload))
    }
  }
  return {
    output: { by: 'container', names: workloads.map(({ container }) => container) },
    read: async () => Promise.all(workloads.map(async (workload) => readTemplate(api, workload))),
    mutate: async (original, mutant) =>
      all(original as readonly V1PodTemplateSpec[], (template, { container }) =>
        mutatedTemplate(template, { container, binary: binaryOf(component), mutant }),
      ),
    restore: async (original) => all(original as readonly V1PodTemplateSpec[], (template) => template),
    async missing() {
      for (const workload of workloads) {
        const missing = await missingOf(api, workload)
        if (missing !== undefined) return missing
      }
      if (component === 'velero' && record.velero !== undefined) await veleroReady(api, { locations: [record.velero.location] })
      return undefined
    },
  }
}

/** File name of the binary of a component: that of the component. */
export function binaryOf(component: ComponentName): string {
  return component
}
