import { type Right, type RightsRule, rightText, rulesOf } from '../../../contract/rights.ts'
import { rightsOfRequest, type SentRequest } from '../../../contract/rights-of-request.ts'

/**
 * Counts what is sent to an API server, each request, each watch that is opened and each command that is run in a container, and keeps the
 * rights that it takes.
 */
export interface RequestCount {
  readonly sent: number
  /** How many of them the server did not take, with 429 or 503, so that they were sent again. */
  readonly throttled: number
  add(request: SentRequest): void
  addThrottled(): void
  /** What the user of the kubeconfig had to be allowed so far. */
  rights(): readonly RightsRule[]
}

/** A count that begins with nothing. */
export function countRequests(): RequestCount {
  let sent = 0
  let throttled = 0
  const rights = new Map<string, Right>()
  return {
    get sent() {
      return sent
    },
    get throttled() {
      return throttled
    },
    add(request) {
      sent += 1
      for (const right of rightsOfRequest(request)) rights.set(rightText(right), right)
    },
    addThrottled: () => void (throttled += 1),
    rights: () => rulesOf(rights.values()),
  }
}

/** Counts in with another, whose user needs no rights for it: on a cluster that a guarantee makes, it may do everything. */
export function countedIn(requests: RequestCount): RequestCount {
  const own = countRequests()
  return {
    get sent() {
      return own.sent
    },
    get throttled() {
      return own.throttled
    },
    add(request) {
      own.add(request)
      requests.add({ method: request.method, path: '' })
    },
    addThrottled() {
      own.addThrottled()
      requests.addThrottled()
    },
    rights: () => [],
  }
}
