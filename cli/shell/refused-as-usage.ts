import { Refused } from '../../reports/refused.ts'
import { UsageError } from './usage-error.ts'

/** What reports refuse, as input that a user puts right; any other error as it is. */
export function refusedAsUsage(error: unknown): unknown {
  return error instanceof Refused ? new UsageError(error.message, { fix: error.fix }) : error
}
