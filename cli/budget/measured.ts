import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { VerdictRecord } from '../../harness/engine/judge/verdict-record.ts'
import { readComponentMutants } from '../../clusters/index.ts'
import type { Stage } from './tally.ts'
import { controlId, type Durations } from './durations.ts'

/** What was measured, and on how slow a machine. */
export interface Measured {
  readonly runDirectories: readonly string[]
  readonly stages: readonly Stage[]
  /** How many times as long as the reference machine the machine took. */
  readonly slowness: number
  readonly probeSeconds: number
}

/**
 * Durations of what came out as it should, in seconds of the reference machine: guarantees that Passed, guarantees that Failed under a
 * mutant, of a component too, and whole stages. What broke or was cut short took some other time.
 */
export function measuredDurations({ runDirectories, stages, slowness, probeSeconds }: Measured): Durations {
  const guarantees = runDirectories.flatMap((run) => secondsOfVerdicts(join(run, 'evidence'), 'Passed'))
  const equivalent = new Set(readComponentMutants().flatMap((mutant) => (mutant.equivalent === undefined ? [] : [mutant.name])))
  const controls = runDirectories.flatMap((run) =>
    globSync('*/evidence', { cwd: join(run, 'mutants') }).flatMap((path) =>
      secondsOfVerdicts(join(run, 'mutants', path), equivalent.has(dirname(path)) ? 'Passed' : 'Failed').map(
        ([guarantee, seconds]) => [controlId(dirname(path), guarantee), seconds] as const,
      ),
    ),
  )
  const onReference = (pairs: readonly (readonly [string, number])[]) =>
    Object.fromEntries(pairs.map(([name, seconds]) => [name, seconds / slowness]))
  return {
    ...{ schemaVersion: 1, probeSeconds },
    stages: onReference(stages.filter(({ failed, seconds }) => failed === 0 && seconds > 0).map(({ name, seconds }) => [name, seconds])),
    guarantees: onReference(guarantees),
    controls: onReference(controls),
  }
}

function secondsOfVerdicts(evidence: string, wanted: VerdictRecord['verdict']): readonly (readonly [id: string, seconds: number])[] {
  return globSync('*/*/verdict.json', { cwd: evidence }).flatMap((path) => {
    const { verdict, startedAt, endedAt } = JSON.parse(readFileSync(join(evidence, path), 'utf8')) as VerdictRecord
    const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
    return verdict === wanted ? [[relative('.', dirname(path)), seconds] as const] : []
  })
}
