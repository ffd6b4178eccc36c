import type { FailureCode } from './failure.ts'
import type { FaultName } from './faults/catalogue.ts'

/** A fault with what its class says about it. */
export interface FaultSetting {
  readonly name: FaultName
  /** How often it applies, where it makes calls fail. */
  readonly times: number
  /** Code with which it makes calls fail. */
  readonly code: FailureCode
  /** Seconds of delay. */
  readonly seconds: number
}
