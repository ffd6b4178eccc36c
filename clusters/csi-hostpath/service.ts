import type { FaultName } from './faults/catalogue.ts'

/** What a handler tells about the call it serves. */
export interface Call {
  /** Says that the answer breaks a rule on purpose; the call log shows it. */
  readonly applyFault: (fault: FaultName) => void
  /** Says for how many milliseconds file systems stood still. */
  readonly stoodStill: (milliseconds: number) => void
}

/** Serves one method; anything it throws becomes the call's gRPC status. */
export type Handler<Request = never> = (request: Request, call: Call) => Promise<object>

/** The handlers of one gRPC service, by method. */
export type Service = Readonly<Record<string, Handler>>
