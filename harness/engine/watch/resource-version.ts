/** Whether a text is a resourceVersion that has an order. */
export function isResourceVersion(text: string): boolean {
  return /^(0|[1-9]\d*)$/u.test(text)
}

/**
 * Orders two resourceVersions of one kind: negative when `a` is older than `b`, 0 when they are the same. They are decimal numbers of any
 * length, as Kubernetes compares them. Throws `TypeError` for one that is none: only whether two of those are the same can be known.
 */
export function compareResourceVersions(a: string, b: string): number {
  for (const version of [a, b]) if (!isResourceVersion(version)) throw new TypeError(`resourceVersion "${version}" is not a number.`)
  if (a.length !== b.length) return a.length - b.length
  return a === b ? 0 : a < b ? -1 : 1
}
