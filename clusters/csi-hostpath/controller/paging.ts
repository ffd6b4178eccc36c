import { Failure } from '../failure.ts'
import type { ListRequest } from '../messages.ts'

/** One page of sorted ids and the token of the next page, empty after the last one. */
export interface Page {
  readonly ids: readonly string[]
  readonly nextToken: string
}

/** Cuts a page out of sorted ids. A token is the last id of the page before, so pages hold when ids come and go between them. */
export function cutPage(ids: readonly string[], request: ListRequest, isId: (token: string) => boolean): Page {
  const { max_entries: max, starting_token: token } = request
  if (max < 0) throw new Failure('INVALID_ARGUMENT', `max_entries is ${max}: it cannot be negative.`)
  // The specification asks for ABORTED here: the caller starts again without a token.
  if (token !== '' && !isId(token))
    throw new Failure('ABORTED', `starting_token ${token} was not issued by this driver: start without one.`)
  const rest = ids.filter((id) => id > token)
  const page = max === 0 ? rest : rest.slice(0, max)
  return { ids: page, nextToken: page.length < rest.length ? (page.at(-1) ?? '') : '' }
}
