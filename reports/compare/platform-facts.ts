import { join } from 'node:path'
import { z } from 'zod'
import { readJson } from '../model/run-files.ts'
import type { Difference } from './comparison.ts'
import type { ReportedRun, RunsOfSide } from './runs-of-side.ts'

/** What a comparison reads of `cluster.json`; all of it is absent where a report is alone, or of before it was kept. */
const recordSchema = z.looseObject({
  featureGates: z.record(z.string(), z.boolean()).optional(),
  storageClass: z.string().optional(),
  bindingMode: z.string().optional(),
  snapshotClass: z.string().optional(),
  groupSnapshotClass: z.string().optional(),
  classTemplate: z.record(z.string(), z.unknown()).optional(),
})

type Area = Difference['area']
type Facts = ReadonlyMap<string, { readonly area: Area; readonly name: string; readonly value: string }>

/**
 * In which things the platforms of two sides differ. What only names something anew for each cluster, such as its name and those of its
 * nodes, is left out. Of several runs of a side, all values are told.
 */
export async function platformDifferences(before: RunsOfSide, after: RunsOfSide): Promise<Difference[]> {
  const [one, other] = [await factsOfSide(before), await factsOfSide(after)]
  const keys = new Set([...one.facts.keys(), ...other.facts.keys()])
  return [...keys].flatMap((key) => {
    const [was, is] = [one.facts.get(key), other.facts.get(key)]
    const { area, name } = was ?? is ?? { area: 'version' as const, name: key }
    // What one side did not keep, it did not lack.
    const isKnown = [one, other].every(({ areas }) => areas.has(area))
    if (!isKnown || was?.value === is?.value) return []
    return [{ area, name, ...(was && { before: was.value }), ...(is && { after: is.value }) }]
  })
}

/** What runs of a side say of their platform. */
export interface SideFacts {
  readonly facts: Facts
  /** Areas of which the side kept anything. */
  readonly areas: ReadonlySet<Area>
}

/** Reads what runs of a side say of their platform, in their reports and in `cluster.json`. Throws one sentence for a file that is torn. */
export async function factsOfSide({ runs }: RunsOfSide): Promise<SideFacts> {
  const values = new Map<string, { readonly area: Area; readonly name: string; readonly values: Set<string> }>()
  const areas = new Set<Area>(['configuration', 'driver', 'feature', 'holdfast'])
  for (const run of runs)
    for (const [area, name, value] of await factsOfRun(run)) {
      areas.add(area)
      const key = `${area} ${name}`
      const known = values.get(key) ?? { area, name, values: new Set() }
      values.set(key, known)
      known.values.add(value)
    }
  const entries = [...values].map(
    ([key, { area, name, values: all }]) => [key, { area, name, value: [...all].toSorted().join(' or ') }] as const,
  )
  return { facts: new Map(entries), areas }
}

type Fact = readonly [area: Area, name: string, value: string]

async function factsOfRun({ directory, report }: ReportedRun): Promise<readonly Fact[]> {
  const { cluster, run } = report
  const { subject, configured = {} } = cluster
  return [
    ...Object.entries(cluster.versions).map(([name, version]): Fact => ['version', name, version]),
    ['driver', 'name', cluster.driver],
    ...(subject === undefined ? [] : [['driver', 'version', subject.version] as const]),
    ...(subject?.files ?? []).map(({ path, sha256 }): Fact => ['driver', path, `sha256 ${sha256}`]),
    ...leaves(configured).map(([name, value]): Fact => ['configuration', name, value]),
    ...(await factsOfRecord(directory)),
    ...cluster.features.map((feature): Fact => ['feature', feature, 'there']),
    ...imagesOf(report),
    ...nodesOf(cluster.nodes),
    ...machineOf(run.machine),
    ['holdfast', 'version', run.holdfastVersion],
    ['holdfast', 'commit', run.commit],
    ['holdfast', 'profile of the cluster', cluster.profile],
  ]
}

/** Feature gates and classes, which are in `cluster.json` alone. */
async function factsOfRecord(directory: string): Promise<readonly Fact[]> {
  const parsed = recordSchema.safeParse(await readJson(join(directory, 'cluster.json')))
  if (!parsed.success) return []
  const { featureGates = {}, storageClass, snapshotClass, groupSnapshotClass, bindingMode, classTemplate = {} } = parsed.data
  const classes = { StorageClass: storageClass, volumeBindingMode: bindingMode, VolumeSnapshotClass: snapshotClass }
  return [
    ...Object.entries(featureGates).map(([gate, isOn]): Fact => ['feature gate', gate, isOn ? 'on' : 'off']),
    ...Object.entries({ ...classes, VolumeGroupSnapshotClass: groupSnapshotClass }).flatMap(([name, value]): Fact[] =>
      value === undefined || value === '' ? [] : [['class', name, value]],
    ),
    ...leaves(classTemplate).map(([name, value]): Fact => ['class', name, value]),
  ]
}

/** Images by their digests in a registry. Those that a machine built have ids that differ from machine to machine. */
function imagesOf({ apiVersion, cluster: { images, applicationImages = {} } }: ReportedRun['report']): readonly Fact[] {
  return [
    // The first reports have the id of the image where later ones have its digest.
    ...images.map(({ name, reference, digest }): Fact => {
      const isPinned = digest !== undefined && apiVersion !== 'holdfast.dev/v1alpha1'
      return ['image', name, isPinned ? `${reference}@${digest}` : reference]
    }),
    ...Object.entries(applicationImages).map(([name, reference]): Fact => ['image', `application ${name}`, reference]),
  ]
}

function nodesOf(nodes: ReportedRun['report']['cluster']['nodes']): readonly Fact[] {
  const places = nodes.map(({ role, zone }) => `${role} in ${zone === '' ? 'no zone' : zone}`)
  return [...Map.groupBy(places, (place) => place)].map(([place, some]): Fact => ['node', place, String(some.length)])
}

function machineOf(machine: ReportedRun['report']['run']['machine']): readonly Fact[] {
  if (machine === undefined) return []
  const { os, kernel, cpus, memoryBytes } = machine
  return [
    ['machine', 'operating system', os],
    ['machine', 'kernel', kernel],
    ['machine', 'CPUs', String(cpus)],
    ['machine', 'memory', `${(memoryBytes / 2 ** 30).toFixed(1)} GiB`],
  ]
}

/** The values of a tree, each by its path. */
function leaves(value: unknown, path = ''): readonly (readonly [path: string, value: string])[] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, item]) => leaves(item, path === '' ? key : `${path}.${key}`))
}
