import type { MeasurementName } from '../../engine/measurement.ts'
import { isHealthy } from '../pod/conditions.ts'
import type { History } from '../../engine/history/history.ts'
import type { FoundCounter } from './counter-in.ts'
import { counterDatabase, counterQuery } from './counter-script.ts'
import { postgresIn } from './postgres-in.ts'
import type { Answered } from '../service/answer.ts'
import { catchUpOn } from '../../engine/judge/catch-up-on.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'

/** What is needed of the fixtures to look at a copy. */
interface CopyFixtures extends DataFixtures {
  readonly history: History
}

/** What came of a server that was started on a copy of a database, which may be damaged. */
export interface FoundCopy {
  /** Whether the server is Ready. */
  readonly started: boolean
  /** Its counter; null where there is no server, or where it could not read it. */
  readonly counter: FoundCounter | null
  /** What was said of damage: nothing when there is none. */
  readonly said: string
}

/** Keeps what came of the server in a Pod that was started on a copy of a database with a counter. */
export async function readCopy(pod: string, fixtures: CopyFixtures): Promise<MeasurementName> {
  return workloadIn(pod, fixtures).keep('copy', 'copied', await foundCopy(pod, fixtures))
}

/** Asks a server that may not have started for rows, and keeps the answer: a server that is not Ready refuses. */
export async function askIfReady(
  pod: string,
  fixtures: CopyFixtures,
  { label, sql }: { readonly label: string; readonly sql: string },
): Promise<MeasurementName> {
  await catchUpOn(fixtures.history, ['Pod'])
  if (isHealthy(fixtures.history.entries, pod)) return postgresIn(pod, fixtures).ask(label, sql)
  const answer: Answered = { outcome: 'refused', value: null, said: 'the server does not start' }
  return workloadIn(pod, fixtures).keep('answer', label, answer)
}

async function foundCopy(pod: string, fixtures: CopyFixtures): Promise<FoundCopy> {
  await catchUpOn(fixtures.history, ['Pod'])
  if (!isHealthy(fixtures.history.entries, pod)) return { started: false, counter: null, said: '' }
  const server = postgresIn(pod, fixtures, counterDatabase)
  const answer = await server.answer(counterQuery)
  const refused = [answer, await server.damage()].filter(({ outcome }) => outcome === 'refused')
  return {
    started: true,
    counter: answer.value === null ? null : (JSON.parse(answer.value) as FoundCounter),
    said: refused.map(({ said }) => said).join('\n'),
  }
}
