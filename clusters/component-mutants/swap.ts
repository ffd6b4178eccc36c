import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { clusterApi, untilReady } from '../api.ts'
import type { Log } from '../log.ts'
import { countLines, forget, keep, keptIn, placeBinary, processesIn } from './in-nodes.ts'
import { inForceLine, mutantVariable, reachedLine } from './switch-file.ts'
import { type ComponentName, isComponentName } from './targets.ts'
import { binaryOf, nodesOf, type Site, type Way, wayOf } from './way.ts'

/** How long a component may take to run another binary and to be in charge again, in seconds. */
const swapSeconds = 180

/** A component of a live cluster that runs a binary with mutants. Disposing of it puts the original back. */
export interface SwappedComponent extends AsyncDisposable {
  /** Puts a mutant in force. Resolves once the running process proves it, and throws a `SetupError` with what is missing. */
  choose(mutant: string): Promise<void>
  /** How often the component has come to the place of a mutant since a moment, as it says itself, at most once a second. */
  reached(mutant: string, since: Date): Promise<number>
}

/** What to swap, and by what. */
export interface Swap {
  readonly record: ClusterRecord
  readonly component: ComponentName
  readonly program: { readonly path: string; readonly sha256: string }
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

/** Places the binary with mutants on the nodes of a component. What has to be put back is written down there first. */
export async function swapComponent({ record, component, program, log, signal }: Swap): Promise<SwappedComponent> {
  const site = siteOf(record, component)
  const way = wayOf(site)
  const [first] = site.nodes
  if (first === undefined) throw new TypeError(`Cluster ${record.name} has no nodes.`)
  const original = await way.read()
  for (const node of site.nodes) await placeBinary(node, { path: program.path, binary: binaryOf(component) })
  await keep(first, { component, original })
  return {
    async choose(mutant) {
      const since = new Date()
      await way.mutate(original, mutant)
      await untilReady({
        what: `${component} with the mutant ${mutant}`,
        within: swapSeconds,
        every: 0.5,
        signal,
        look: async () => (await notRunning(site, { mutant, sha256: program.sha256 })) ?? (await way.missing()),
      })
      if ((await written(site, way, { text: inForceLine(mutant), since })) === 0)
        throw new Error(`${component} does not say that the mutant ${mutant} is in force.`)
      log(`  ${component} runs with the mutant ${mutant} after ${Math.round((Date.now() - since.getTime()) / 1000)} s.`)
    },
    reached: async (mutant, since) => written(site, way, { text: reachedLine(mutant), since }),
    [Symbol.asyncDispose]: async () => putBack(site, { original, log }),
  }
}

/** Puts back every component that a run which was killed left with mutants. Whoever calls it holds the lease of the cluster. */
export async function putBackComponents(record: ClusterRecord, { log }: { readonly log: Log }): Promise<void> {
  for (const node of record.nodes) {
    for (const { component, original } of await keptIn(node)) {
      if (!isComponentName(component)) continue
      log(`A run that was killed left ${component} with mutants: putting the original back.`)
      await putBack(siteOf(record, component), { original, log })
    }
  }
}

function siteOf(record: ClusterRecord, component: ComponentName): Site {
  return { component, record, api: clusterApi(record.kubeconfig, record.context), nodes: nodesOf(component, record) }
}

async function putBack(site: Site, { original, log }: { readonly original: unknown; readonly log: Log }): Promise<void> {
  const { component, nodes } = site
  const way = wayOf(site)
  await way.restore(original)
  await untilReady({
    what: `${component} without mutants`,
    within: swapSeconds,
    every: 0.5,
    look: async () => (await notRunning(site, { mutant: '' })) ?? (await way.missing()),
  })
  for (const node of nodes) await forget(node, { component, binary: binaryOf(component) })
  log(`  ${component} runs as it was installed.`)
}

/** Why the processes of a component are not all of a binary, or not all with a mutant; undefined when they are. */
async function notRunning(
  { component, nodes }: Site,
  { mutant, sha256 }: { readonly mutant: string; readonly sha256?: string },
): Promise<string | undefined> {
  const found = await Promise.all(nodes.map(async (node) => processesIn(node, binaryOf(component), mutantVariable)))
  const processes = found.flat()
  if (processes.length === 0) return `no process of ${component} runs`
  const other = processes.find((process) => process.mutant !== mutant || (sha256 !== undefined && process.sha256 !== sha256))
  return other === undefined ? undefined : `process ${other.pid} of ${component} runs with ${other.mutant || 'no mutant'}`
}

async function written(
  { nodes }: Site,
  { output: { by, names } }: Way,
  { text, since }: { readonly text: string; readonly since: Date },
): Promise<number> {
  const counts = nodes.flatMap((node) => names.map(async (name) => countLines(node, { by, name, text, since })))
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
}
