/** Names one Kubernetes object; `namespace` is absent for cluster-scoped kinds. */
export interface ObjectRef {
  readonly kind: string
  readonly name: string
  readonly namespace?: string
  readonly uid?: string
}

/** What every entry carries: its place in the history and the wall-clock time the harness saw it. */
interface Placed {
  /** Position in the history, from 0, without holes. */
  readonly seq: number
  /** ISO 8601 with milliseconds. */
  readonly at: string
}

/** Something the suite did. It is recorded as requested first, then as accepted, rejected or unknown. */
export interface Act extends Placed {
  readonly type: 'act'
  /** Joins the entries of one act. */
  readonly actId: string
  readonly verb: string
  readonly subject: ObjectRef
  /** User in whose name it was done, where that is not the one of the suites. */
  readonly as?: string
  readonly phase: 'requested' | 'accepted' | 'rejected' | 'unknown'
  /**
   * In the entry of the request: the ID by which the API server's audit log knows it. Absent where the act is no request to it, or several.
   * See https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/#audit-k8s-io-v1-Event
   */
  readonly auditID?: string
  /** What was sent, as JSON. */
  readonly request?: unknown
  /** HTTP status code, reason and message of the answer. */
  readonly answer?: {
    readonly code: number
    readonly reason: string
    readonly message: string
    /** What is wrong with the request and where, if the API server says so: `FieldValueRequired`, `spec.selector`. */
    readonly causes?: readonly Cause[]
    /** What the API server warns of although it accepts the request. */
    readonly warnings?: readonly string[]
  }
}

/** A fault of a request. See https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export interface Cause {
  readonly reason: string
  readonly field: string
}

/** A Kubernetes object as read from the API: every field optional but the metadata. */
export interface ObservedObject {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly uid: string
    readonly resourceVersion: string
    readonly generation?: number
    readonly creationTimestamp?: string
    readonly deletionTimestamp?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly uid: string }[]
    readonly finalizers?: readonly string[]
  }
  readonly [field: string]: unknown
}

/** One event of a watch, in the order the API server delivered it. `EXISTING` is the state before the watch. */
export interface Observation extends Placed {
  readonly type: 'observation'
  readonly event: 'EXISTING' | 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly kind: string
  /** Suffix of the additional namespace that holds the object; absent in the guarantee's own namespace and for cluster-scoped objects. */
  readonly namespaceSuffix?: string
  readonly object: ObservedObject
  /**
   * When the API server last stored a change of the object, by its own clock and in whole seconds: the latest time in `managedFields`.
   * Absent where the object has none. See https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
   */
  readonly writtenAt?: string
}

/** A value read outside the watch: a tree manifest, a size seen in a pod, a call of the CSI driver. */
export interface Measurement extends Placed {
  readonly type: 'measurement'
  /** What was measured, for example `tree` or `filesystem-size`. */
  readonly what: string
  /** Tells measurements of the same thing apart, for example `before` and `after`. */
  readonly label: string
  readonly subject: ObjectRef
  readonly value: unknown
}

/** A stretch in which the watch of one kind may have missed events. */
export interface Gap extends Placed {
  readonly type: 'gap'
  readonly kind: string
  readonly reason: string
  /** Present where nobody watched the kind at all. */
  readonly unwatched?: true
}

/** A causal mark: a named moment that later judgements refer to. */
export interface Mark extends Placed {
  readonly type: 'mark'
  readonly name: string
  /** Present where the watch of this kind brought nothing for a while, though it lost nothing: what it brings next is late. */
  readonly lateWatchOf?: string
  /** Seconds by which it was late, or at least as many; absent where it was recorded by a version that did not note them. */
  readonly lateBy?: number
}

/** One line of `history.jsonl`. */
export type HistoryEntry = Act | Observation | Measurement | Gap | Mark
