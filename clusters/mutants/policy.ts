/** How an admission policy changes objects of one resource: those in the namespace of a guarantee, or those that it makes outside it. */
export interface Change {
  readonly apiGroup: string
  readonly resource: string
  readonly operations: readonly ('CREATE' | 'UPDATE')[]
  /** `Cluster` for a resource outside namespaces: the objects that guarantees make there are changed. */
  readonly scope?: 'Cluster'
  /** CEL: only objects for which this is true are changed. */
  readonly when?: string
  /** CEL expression that yields the JSON patch operations, after the annotation. */
  readonly patch: string
}

/** A mutant that is an admission policy: what is broken, in one sentence, and how. */
export interface Policy extends Change {
  readonly description: string
}

/** JSON patch operation that sets a field, given as a CEL expression. */
export const replaceOrAdd = (path: string, value: string): string => `JSONPatch{op: "add", path: "${path}", value: ${value}}`

/** JSON patch operation that removes a field that is there. */
export const remove = (path: string): string => `JSONPatch{op: "remove", path: "${path}"}`
