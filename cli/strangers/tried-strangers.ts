import { readStrangers } from '../../clusters/strangers/stranger.ts'
import type { TriedElsewhere } from '../elsewhere/elsewhere-stage.ts'
import type { ClusterSettings } from '../plan/run-plan.ts'
import { runStrangers } from './run-strangers.ts'

/** How strangers are judged in `npm test`. */
export interface TriedStrangers {
  readonly settings: ClusterSettings
  /** Path of the settings file that the user named. */
  readonly config: string | undefined
}

/** The quick part of each stranger, as `npm test` tries it. */
export function triedStrangers(how: TriedStrangers): readonly TriedElsewhere[] {
  return readStrangers().map((stranger) => ({
    id: `stranger ${stranger.name}`,
    run: async (signal) => runStrangers({ strangers: [stranger], ...how, quick: true, only: [], retain: false, signal }),
  }))
}
