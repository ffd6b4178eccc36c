/** Counts what is sent to an API server: each request, each watch that is opened and each command that is run in a container. */
export interface RequestCount {
  readonly sent: number
  /** How many of them the server did not take, with 429 or 503, so that they were sent again. */
  readonly throttled: number
  add(): void
  addThrottled(): void
}

/** A count that begins with nothing. */
export function countRequests(): RequestCount {
  let sent = 0
  let throttled = 0
  return {
    get sent() {
      return sent
    },
    get throttled() {
      return throttled
    },
    add: () => void (sent += 1),
    addThrottled: () => void (throttled += 1),
  }
}
