/** Counts what is sent to an API server: each request, each watch that is opened and each command that is run in a container. */
export interface RequestCount {
  readonly sent: number
  add(): void
}

/** A count that begins with nothing. */
export function countRequests(): RequestCount {
  let sent = 0
  return {
    get sent() {
      return sent
    },
    add: () => void (sent += 1),
  }
}
