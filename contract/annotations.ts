/**
 * Annotation of a namespace that Holdfast made, for a guarantee or to try a cluster, of a class that it made for a run, and of what a
 * guarantee asked of Velero: the process that deletes it when that is over.
 */
export const ownerAnnotation = 'holdfast.dev/owner'

/** Annotation that the admission policy of a mutant leaves on what it changed: the proof that the mutant took effect. */
export const mutatedByAnnotation = 'holdfast.dev/mutated-by'

/** Annotation of a node that a suite cordoned and has not uncordoned yet. */
export const cordonedAnnotation = 'holdfast.dev/cordoned'

/** Annotation of a Deployment that a suite scaled and has not scaled back yet: its number of replicas before. */
export const replicasAnnotation = 'holdfast.dev/replicas'

/**
 * Annotation of a Pod: the container that is meant where none is named. `kubectl` reads it too. See
 * https://kubernetes.io/docs/reference/labels-annotations-taints/#kubectl-kubernetes-io-default-container
 */
export const containerAnnotation = 'kubectl.kubernetes.io/default-container'

/** Annotation of a namespace that stays after its guarantee failed, for somebody to look at: the run that left it. It has no owner. */
export const keptAnnotation = 'holdfast.dev/kept'
