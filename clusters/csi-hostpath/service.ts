import type { FaultName } from './faults/catalogue.ts'

/** Callbacks with which a handler reports details of its call. */
export interface Call {
  /** Says that the answer breaks a rule on purpose; the call log shows it. */
  readonly applyFault: (fault: FaultName) => void
  /** Says for how many milliseconds file systems stood still. */
  readonly frozenFor: (milliseconds: number) => void
}

/** Serves one method; anything it throws becomes the call's gRPC status. */
export type Handler<Request = never> = (request: Request, call: Call) => Promise<object>

/** The handlers of one gRPC service, by method. */
export type Service = Readonly<Record<string, Handler>>
