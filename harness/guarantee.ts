import type { Feature, MutantName } from '../clusters/record.ts'

/** How binding the documentation makes a guarantee, in the words of RFC 2119. */
export type Level = 'MUST' | 'SHOULD' | 'MAY'

/** Where the documentation states a guarantee. */
export interface Source {
  /** Page below `https://kubernetes.io/docs/`, or a whole URL for other documentation. */
  readonly page: string
  /** Anchor of the section on that page, without `#`. */
  readonly section: string
}

/** A documented sentence about state, as data: it can be listed, filtered and counted without a cluster. */
export interface Guarantee {
  /** `<concept>/<behaviour>`, equal to the path of its suite when a suite holds one guarantee. */
  readonly id: `${string}/${string}`
  /** The documented sentence, in our own words, true of Kubernetes as it really behaves. */
  readonly statement: string
  readonly level: Level
  readonly source: Source
  /** Features a cluster needs; a missing one makes the verdict `NotSupported`. */
  readonly requires: readonly Feature[]
  /** Real ways of breaking the sentence under which this guarantee must come out `Failed`. */
  readonly mutants: readonly MutantName[]
}
