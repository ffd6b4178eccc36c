/** Label of the namespace of a guarantee, and of a class that was made for a run: the run that made it. */
export const runLabel = 'holdfast.dev/run'

/** Label of the namespace of a guarantee: its id, with dots for slashes. */
export const guaranteeLabel = 'holdfast.dev/guarantee'

/**
 * Label of a cluster-scoped object, or of one in the namespace of Velero, that a guarantee made: the namespace with which it is deleted.
 */
export const namespaceLabel = 'holdfast.dev/namespace'

/** Label of what the admission policy of a mutant may change: the namespace of a guarantee, and what the guarantee makes outside it. */
export const mutantLabel = 'holdfast.dev/mutant'
