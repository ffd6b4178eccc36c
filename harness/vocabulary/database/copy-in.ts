import type { MeasurementName } from '../../engine/measurement.ts'
import { isHealthy } from '../pod/conditions.ts'
import type { Fixtures } from '../../engine/fixtures/world.ts'
import type { FoundCounter } from './counter-in.ts'
import { counterDatabase, counterQuery } from './counter-script.ts'
import { postgresIn } from './postgres-in.ts'
import { catchUpOn } from '../../engine/watch/catch-up.ts'
import { workloadIn } from '../data/workload-in.ts'

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
export async function readCopy(pod: string, fixtures: Pick<Fixtures, 'namespace' | 'measure' | 'history'>): Promise<MeasurementName> {
  return workloadIn(pod, fixtures).keep('copy', 'copied', await foundCopy(pod, fixtures))
}

async function foundCopy(pod: string, fixtures: Pick<Fixtures, 'namespace' | 'measure' | 'history'>): Promise<FoundCopy> {
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
