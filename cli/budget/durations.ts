import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { cacheDirectory } from '../../clusters/directories.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'

const secondsById = z.record(z.string(), z.number().nonnegative())

const schema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Seconds that the probe takes on the reference machine. */
  probeSeconds: z.number().positive(),
  /** Seconds of whole stages that have no parts, by name. */
  stages: secondsById,
  /** Seconds of each guarantee from its start to its verdict, by id. */
  guarantees: secondsById,
  /** Seconds of each guarantee under a mutant, by `<mutant> <guarantee>`. */
  controls: secondsById,
})

/** How long things take on the reference machine, in seconds. */
export type Durations = z.infer<typeof schema>

/** Durations that come with the checkout. */
export const storedDurations = join(import.meta.dirname, 'durations.json')

/** Durations of the last runs on this machine, as if it were the reference machine. Nothing depends on their being there. */
export function ownDurations(): string {
  return cacheDirectory('durations.json')
}

/** Reads stored durations. Throws when the file is not one. */
export function readDurations(path: string = storedDurations): Durations {
  return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
}

/**
 * Stored durations with those of this machine's last runs in their place where there are any. A file that cannot be read counts for
 * nothing.
 */
export function knownDurations(stored: Durations, ownPath: string = ownDurations()): Durations {
  const own = existsSync(ownPath) ? parsed(readFileSync(ownPath, 'utf8')) : undefined
  return own === undefined ? stored : merged(stored, own)
}

function parsed(text: string): Durations | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

function merged(old: Durations, recent: Durations): Durations {
  return {
    ...old,
    stages: { ...old.stages, ...recent.stages },
    guarantees: { ...old.guarantees, ...recent.guarantees },
    controls: { ...old.controls, ...recent.controls },
  }
}

/** Puts durations on top of those that a file holds. */
export function addDurations(path: string, recent: Durations): void {
  const old = existsSync(path) ? parsed(readFileSync(path, 'utf8')) : undefined
  const { stages, guarantees, controls, ...rest } = old === undefined ? recent : merged(old, recent)
  mkdirSync(dirname(path), { recursive: true })
  const sorted = { ...rest, stages: byName(stages), guarantees: byName(guarantees), controls: byName(controls) }
  writeFileSync(path, `${JSON.stringify(sorted, null, 2)}\n`)
}

function byName(seconds: Readonly<Record<string, number>>): Record<string, number> {
  const entries = Object.entries(seconds).map(([name, value]) => [name, Math.round(value * 10) / 10] as const)
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

/** Seconds of a stage that nobody has measured: most that have no parts only read files. */
const unknownStage = 10

/** Seconds of a guarantee of a concept of which none was measured, and of a slow one: those take more than half a minute. */
const unknownGuarantee = { slow: 90, other: 30 } as const

/** By how many seconds a guarantee takes longer under a mutant that was not measured: Vitest starts, and waits are waited out. */
const longerUnderMutant = 18

/** Seconds of a stage. */
export function stageSeconds({ stages }: Durations, name: string): number {
  return stages[name] ?? unknownStage
}

/** Seconds of a guarantee: measured, or those in the middle of the measured ones of its concept. */
export function guaranteeSeconds({ guarantees }: Durations, { id, pace }: Pick<Guarantee, 'id' | 'pace'>): number {
  const [concept = id] = id.split('/')
  const alike = Object.keys(guarantees).filter((other) => other.startsWith(`${concept}/`))
  const guess = pace === 'slow' ? unknownGuarantee.slow : median(alike.flatMap((other) => guarantees[other] ?? []))
  return guarantees[id] ?? guess ?? unknownGuarantee.other
}

/** Seconds of a guarantee under a mutant. */
export function controlSeconds(durations: Durations, mutant: string, guarantee: Pick<Guarantee, 'id' | 'pace'>): number {
  return durations.controls[controlId(mutant, guarantee.id)] ?? guaranteeSeconds(durations, guarantee) + longerUnderMutant
}

/** Seconds until a component of which nothing was measured is built with its mutants. Go's cache decides, so no run is measured. */
const unknownBuild = 120

/** Seconds until a component runs another binary with its mutants, and its own again in the end. */
const toSwap = 40

/** Seconds until another mutant is in force, and Vitest runs. */
const toChoose = 20

/** Seconds of what is done once for all mutants of a component. */
export function componentSeconds({ stages }: Durations, component: string, { isBuilt }: { readonly isBuilt: boolean }): number {
  return toSwap + (isBuilt ? 0 : (stages[`build ${component}`] ?? unknownBuild))
}

/** Seconds of a mutant of a component and its guarantee. */
export function componentMutantSeconds(durations: Durations, mutant: string, guarantee: Pick<Guarantee, 'id' | 'pace'>): number {
  return toChoose + controlSeconds(durations, mutant, guarantee)
}

/** Seconds on clusters of its own of which nothing was measured: most go by for the cluster and the probes of its storage. */
const unknownElsewhere = 240

/** Seconds of what is tried on clusters of its own, from its cluster to its verdict. */
export function elsewhereSeconds({ stages }: Durations, id: string): number {
  return stages[id] ?? unknownElsewhere
}

/** How a guarantee under a mutant is called in a plan and in stored durations. */
export function controlId(mutant: string, guarantee: string): string {
  return `${mutant} ${guarantee}`
}

function median(numbers: readonly number[]): number | undefined {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]
}
