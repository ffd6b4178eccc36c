import { isDeepStrictEqual } from 'node:util'
import type { ConformanceReport } from '../model/conformance-report.ts'
import type { StoredReport } from '../model/stored-report.ts'

/** Fields of a run that are worked out and not recorded, and may be worked out otherwise by another version. */
const workedOut = new Set(['durationSeconds', 'findings'])

/** Fields of a cluster that reports of before lack. What is taken out of a report is found by its digest. */
const addedLater = new Set(['storageClass'])

/**
 * Compares a stored report with what the files of its run make of it today: the run with `run.json`, the cluster and its images with
 * `cluster.json`, each guarantee with `guarantees.json`. Returns one sentence per difference.
 */
export function recordProblems(stored: StoredReport, built: ConformanceReport): readonly string[] {
  const runs = fieldsThatDiffer(stored.run, built.run).filter(({ name }) => !workedOut.has(name))
  const clusters = fieldsThatDiffer(stored.cluster, built.cluster)
    .filter(({ name, said }) => said !== undefined || !addedLater.has(name))
    .flatMap((field) => (field.name === 'images' ? imageProblems(stored, built) : [sentence('cluster', field)]))
  const named =
    stored.metadata.name === stored.run.id ? [] : [`report.json: it is named ${stored.metadata.name}, and its run ${stored.run.id}.`]
  return [...named, ...runs.map((field) => sentence('run', field)), ...clusters, ...guaranteeProblems(stored, built)]
}

interface Field {
  readonly name: string
  readonly said: unknown
  readonly recorded: unknown
}

function fieldsThatDiffer(stored: object, built: object): readonly Field[] {
  const [said, recorded] = [new Map(Object.entries(stored)), new Map(Object.entries(built))]
  const names = [...new Set([...said.keys(), ...recorded.keys()])]
  return names
    .map((name) => ({ name, said: said.get(name) as unknown, recorded: recorded.get(name) as unknown }))
    .filter((field) => !isDeepStrictEqual(field.said, field.recorded))
}

function sentence(part: 'run' | 'cluster', { name, said, recorded }: Field): string {
  return `report.json: ${part}.${name} is ${shown(said)}, and ${part}.json makes it ${shown(recorded)}.`
}

function imageProblems(stored: StoredReport, built: ConformanceReport): readonly string[] {
  const [said, recorded] = [stored.cluster.images, built.cluster.images]
  const names = said.map(({ name }) => name)
  if (
    !isDeepStrictEqual(
      names,
      recorded.map(({ name }) => name),
    )
  )
    return [sentence('cluster', { name: 'images', said: names, recorded: recorded.map(({ name }) => name) })]
  return said.flatMap((image, index) =>
    fieldsThatDiffer(image, recorded[index] ?? {}).map(
      (field) =>
        `report.json: ${field.name} of image ${image.name} is ${shown(field.said)}, and cluster.json has ${shown(field.recorded)}.`,
    ),
  )
}

function guaranteeProblems(stored: StoredReport, built: ConformanceReport): readonly string[] {
  return stored.guarantees.flatMap((said) => {
    const recorded = built.guarantees.find(({ id }) => id === said.id)
    if (recorded === undefined) return [`report.json: ${said.id} is in no other file of the run.`]
    return (['statement', 'level', 'source'] as const)
      .filter((name) => said[name] !== recorded[name])
      .map(
        (name) => `report.json: the ${name} of ${said.id} is ${shown(said[name])}, and guarantees.json makes it ${shown(recorded[name])}.`,
      )
  })
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
