import { isDeepStrictEqual } from 'node:util'
import type { ConformanceReport, SkippedCheck } from '../model/conformance-report.ts'
import type { StoredReport } from '../model/stored-report.ts'

/** Fields of a run that are worked out and not recorded, and may be worked out otherwise by another version. */
const workedOut = new Set(['durationSeconds', 'findings'])

/** Fields of a guarantee that reports of before lack or have otherwise, and those that are compared where the evidence is judged again. */
const leftToOthers = new Set(['lastSeenToFail', 'findings', 'verdict', 'chapters', 'auditLog', 'evidence'])

/** Fields of a guarantee that `guarantees.json` has. */
const written = new Set(['statement', 'level', 'source'])

/** Fields of a cluster that reports of before lack. What is taken out of a report is found by its digest. */
const addedLater = new Set(['storageClass'])

/** What the directory of a run holds beside its report. */
export interface Kept {
  /** Ids of the guarantees whose evidence is not there. */
  readonly byDigest: ReadonlySet<string>
  /** Whether `skipped.json` is there: published copies and runs of before have none. */
  readonly hasSkipped: boolean
}

/**
 * Compares a stored report with what the files of its run make of it today: the run with `run.json`, the cluster and its images with
 * `cluster.json`, each guarantee with `guarantees.json` and its evidence, and what was skipped with `skipped.json`. Returns one sentence
 * per difference.
 */
export function recordProblems(stored: StoredReport, built: ConformanceReport, kept: Kept): readonly string[] {
  const runs = fieldsThatDiffer(stored.run, built.run).filter(({ name }) => !workedOut.has(name))
  const clusters = fieldsThatDiffer(stored.cluster, built.cluster)
    .filter(({ name, said }) => said !== undefined || !addedLater.has(name))
    .flatMap((field) => (field.name === 'images' ? imageProblems(stored, built) : [sentence('cluster', field)]))
  const named =
    stored.metadata.name === stored.run.id ? [] : [`report.json: it is named ${stored.metadata.name}, and its run ${stored.run.id}.`]
  const [said, recorded] = [stored.metadata.creationTimestamp, built.metadata.creationTimestamp]
  const made =
    said === recorded ? [] : [`report.json: metadata.creationTimestamp is ${shown(said)}, and run.json makes it ${shown(recorded)}.`]
  return [
    ...named,
    ...made,
    ...runs.map((field) => sentence('run', field)),
    ...clusters,
    ...guaranteeProblems(stored, built, kept),
    ...(kept.hasSkipped && 'skipped' in stored ? skippedProblems(stored.skipped, built.skipped) : []),
  ]
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

function guaranteeProblems(stored: StoredReport, built: ConformanceReport, { byDigest }: Kept): readonly string[] {
  return stored.guarantees.flatMap((said) => {
    const recorded = built.guarantees.find(({ id }) => id === said.id)
    if (recorded === undefined) return [`report.json: ${said.id} is in no other file of the run.`]
    const fields = fieldsThatDiffer(said, recorded).filter(({ name }) =>
      byDigest.has(said.id) ? written.has(name) : !leftToOthers.has(name),
    )
    const problems = fields.map(({ name, ...field }) => {
      const by = written.has(name) ? 'guarantees.json makes it' : 'the files of the run make it'
      return `report.json: the ${name} of ${said.id} is ${shown(field.said)}, and ${by} ${shown(field.recorded)}.`
    })
    // Digests are compared file by file elsewhere, as far as the report names the files.
    const listed = new Set(said.evidence.map(({ path }) => path))
    const unlisted = byDigest.has(said.id) ? [] : recorded.evidence.filter(({ path }) => !listed.has(path))
    return [...problems, ...unlisted.map(({ path }) => `report.json: ${path} is not in the evidence of ${said.id}, and is there.`)]
  })
}

function skippedProblems(stored: readonly SkippedCheck[], built: readonly SkippedCheck[]): readonly string[] {
  const ids = [stored, built].map((checks) => checks.map(({ id }) => id))
  const [said = [], recorded = []] = ids
  const problems = [
    ...said.filter((id) => !recorded.includes(id)).map((id) => `report.json: ${id} is skipped, and is not in skipped.json.`),
    ...recorded.filter((id) => !said.includes(id)).map((id) => `report.json: ${id} is not skipped, and is in skipped.json.`),
  ]
  if (problems.length > 0) return problems
  if (!isDeepStrictEqual(said, recorded)) return ['report.json: what is skipped is listed otherwise than in skipped.json.']
  return stored.flatMap((check, index) =>
    fieldsThatDiffer(check, built[index] ?? {}).map(
      (field) =>
        `report.json: the ${field.name} of ${check.id} is ${shown(field.said)}, and skipped.json makes it ${shown(field.recorded)}.`,
    ),
  )
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
