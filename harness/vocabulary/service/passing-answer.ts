/** Whether an answer says nothing about the request itself: conflicts, throttling and errors of the server pass. */
export function isPassing(code: number | undefined): boolean {
  return code === undefined || code === 409 || code === 429 || code >= 500
}
