/**
 * Levels of the Pod Security Standards, from what allows least to what allows all. See
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const podSecurityLevels = ['restricted', 'baseline', 'privileged'] as const

export type PodSecurityLevel = (typeof podSecurityLevels)[number]

/** The level that is enforced in the namespace of a guarantee, where it is another than `restricted`, and what of the sentence needs it. */
export interface PodSecurity {
  readonly level: Exclude<PodSecurityLevel, 'restricted'>
  /** A sentence. */
  readonly why: string
}

/**
 * Labels by which the API server enforces a level in a namespace. See
 * https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function podSecurityLabels(level: PodSecurityLevel): Readonly<Record<string, string>> {
  return { 'pod-security.kubernetes.io/enforce': level }
}

/**
 * As whom Pods run that are not told otherwise: a user of no rights, one more group in which it may write files, and the group to which
 * volumes belong. A volume that belongs to it already is left alone, so that modes and groups of files stay as they were written.
 */
export const ordinaryUser = {
  runAsUser: 1000,
  runAsGroup: 1000,
  supplementalGroups: [3000] as number[],
  fsGroup: 2000,
  fsGroupChangePolicy: 'OnRootMismatch',
} as const

/**
 * As whom a Pod with a database runs, at every level: user and group that the public images of PostgreSQL, MariaDB, Redis and MongoDB agree
 * on. Its volume belongs to the same group as those of other Pods.
 */
export const databaseUser = { ...ordinaryUser, runAsUser: 999, runAsGroup: 999 } as const

interface Container {
  readonly securityContext?: object | undefined
}

interface PodSpec {
  readonly securityContext?: object | undefined
  readonly containers?: readonly Container[] | undefined
  readonly initContainers?: readonly Container[] | undefined
}

const leastRights = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } as const

/** A container that the level `restricted` lets in, where its Pod is let in. What it says of itself stays as it is. */
export function restrictedContainer<Given extends Container>(container: Given): Given {
  return { ...container, securityContext: { ...leastRights, ...container.securityContext } }
}

/** A Pod that the level `restricted` lets in. A Pod that says nothing of its user runs as the ordinary one; what it says stays as it is. */
export function restrictedPod<Given extends PodSpec>(spec: Given): Given {
  const { containers, initContainers, securityContext = ordinaryUser } = spec
  return {
    ...spec,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, ...securityContext },
    ...(containers && { containers: containers.map(restrictedContainer) }),
    ...(initContainers && { initContainers: initContainers.map(restrictedContainer) }),
  }
}
