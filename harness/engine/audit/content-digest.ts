import { hash } from 'node:crypto'
import type { ObservedObject } from '../history/history-entry.ts'
import { trimmed } from '../history/history.ts'
import { redact } from '../history/redact.ts'

/**
 * A digest of what an object says, by which two sources of it are compared: the first 128 bits of SHA-256, in hex, of its JSON with sorted
 * keys. It leaves out kind, apiVersion and `managedFields`, which lists and audit logs leave out, and what histories redact.
 */
export function contentDigest(object: ObservedObject): string {
  const { kind: _kind, apiVersion: _apiVersion, ...said } = redact({ ...trimmed(object) }) as ObservedObject
  return hash('sha256', JSON.stringify(sorted(said))).slice(0, 32)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(fields.map(([name, inner]) => [name, sorted(inner)]))
}
