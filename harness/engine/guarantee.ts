import type { MutantName } from '../../clusters/mutants/catalogue.ts'
import type { Applicability } from '../../contract/applicability.ts'
import type { Feature } from '../../contract/cluster-record.ts'
import type { PodSecurity } from '../../contract/pod-security.ts'

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
export interface Guarantee extends Applicability {
  /** `<concept>/<behaviour>`, equal to the path of its suite when a suite holds one guarantee. */
  readonly id: `${string}/${string}`
  /** The documented sentence, in our own words, true of Kubernetes as it really behaves. */
  readonly statement: string
  readonly level: Level
  readonly source: Source
  /**
   * Features a cluster needs; a missing one makes the verdict `NotSupported`, as do an older version than `since` and a `gate` that is off.
   */
  readonly requires: readonly Feature[]
  /** Real ways of breaking the sentence under which this guarantee must come out `Failed`. */
  readonly mutants: readonly MutantName[]
  /** Entries of the ledger of documented statements that this one proves, or refutes where they are wrong, and how. */
  readonly proves: Proofs
  /**
   * `quick`: also part of the profile that is over in three minutes. `slow`: takes more than half a minute, or a quarter where it runs
   * alone, and is left to the profile `full`.
   */
  readonly pace?: 'quick' | 'slow'
  /** It stops nodes or parts of the cluster: nothing else runs meanwhile. */
  readonly disruptive?: true
  /** What there is once in a cluster and this one changes, such as `default StorageClass`: no other that holds the same runs meanwhile. */
  readonly holds?: readonly string[]
  /** What its Pods need beyond the Pod Security level `restricted`, and why; nothing when absent. */
  readonly podSecurity?: PodSecurity
}

/** A guarantee as its suite states it. One of one's own names no mutants: these run against the suites of Holdfast alone. */
export interface StatedGuarantee extends Omit<Guarantee, 'mutants'> {
  readonly mutants?: Guarantee['mutants']
}

/** Id of an entry of a ledger, such as that in `suites/ledger`: `<area>.<name>`. */
export type EntryId = `${string}.${string}`

/**
 * The labels of judgements that decide a clause of an entry, by the key of the clause. Where there are several, all of them must be upheld.
 * A judgement has the label that its `as` gives it.
 */
export type ClauseProofs = Readonly<Record<string, string | readonly string[]>>

/** By entry, which judgements of a guarantee decide which of its clauses. */
export type Proofs = Readonly<Record<EntryId, ClauseProofs>>
