import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { interruptedReason } from '../../contract/interrupted-reason.ts'
import { runRecordSchema } from '../../reports/model/run-record.ts'
import { type SensitivityRow, sensitivitySchema } from '../../reports/model/sensitivity.ts'
import { UsageError } from '../shell/usage-error.ts'
import type { KillRecord } from './kill-record.ts'
import { whyAlive } from './why-alive.ts'

const clusterSchema = z.object({ versions: z.object({ kubernetes: z.string().regex(/^v1\.\d+/, 'must be a version of Kubernetes') }) })

/**
 * What the controls of a run have shown, without those that were cut short or never began. Throws a `UsageError` for a run without
 * controls, and for files that are not those of a run.
 */
export function killsOfRun(directory: string): readonly KillRecord[] {
  if (!existsSync(join(directory, 'sensitivity.json')))
    throw new UsageError(`Run ${directory} has no sensitivity.json: it ran no controls.`, {
      fix: 'Name runs of "holdfast sensitivity" or "npm test".',
    })
  const { rows } = read(join(directory, 'sensitivity.json'), sensitivitySchema)
  const { id, startedAt } = read(join(directory, 'run.json'), runRecordSchema)
  const { kubernetes } = read(join(directory, 'cluster.json'), clusterSchema).versions
  const judged = rows.filter(({ verdict, reason }) => verdict !== 'none' && reason !== interruptedReason)
  return judged.map((row) => recordOf(row, { kubernetes, id, startedAt }))
}

interface RunOf {
  readonly kubernetes: string
  readonly id: string
  readonly startedAt: string
}

function recordOf(row: SensitivityRow, { kubernetes, id: run, startedAt }: RunOf): KillRecord {
  const { guarantee, mutant, component, verdict, killed, killedBy = '', seconds, equivalent, endedAt = startedAt } = row
  const of = { guarantee, mutant, ...(component && { component }), kubernetes, day: endedAt.slice(0, 10) }
  const common = { ...of, ...(seconds !== undefined && { seconds }), run }
  if (killed) return { ...common, outcome: 'killed', judgement: killedBy === '' ? 'not stored' : killedBy }
  if (equivalent !== undefined) return { ...common, outcome: 'equivalent', verdict, why: equivalent }
  return { ...common, outcome: 'alive', verdict, why: whyAlive(row) }
}

function read<Content>(path: string, schema: z.ZodType<Content>): Content {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).replaceAll('\n', ' ') : String(error)
    throw new UsageError(`${path} is not what a run writes: ${why}.`, { fix: 'Name another run, or run the controls again.' })
  }
}
