/** A Lease, as far as lanes need it. */
export interface Lease {
  readonly apiVersion: 'coordination.k8s.io/v1'
  readonly kind: 'Lease'
  readonly metadata: {
    readonly name: string
    readonly uid?: string
    readonly resourceVersion?: string
    readonly labels?: Readonly<Record<string, string>>
  }
  readonly spec: {
    readonly holderIdentity?: string
    readonly leaseDurationSeconds?: number
    readonly acquireTime?: string
    readonly renewTime?: string
  }
}

/** The Lease that a holder writes: new, taken over or renewed. */
export function leaseOf(written: {
  readonly name: string
  readonly holder: string
  readonly found: Lease | undefined
  readonly labels: Readonly<Record<string, string>> | undefined
  readonly duration: number
}): Lease {
  const { name, holder, found, duration } = written
  const now = microTime(new Date())
  const { resourceVersion, labels = written.labels } = found?.metadata ?? {}
  const isRenewal = found?.spec.holderIdentity === holder
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, ...(resourceVersion !== undefined && { resourceVersion }), ...(labels && { labels }) },
    spec: {
      holderIdentity: holder,
      leaseDurationSeconds: Math.max(1, Math.round(duration)),
      acquireTime: (isRenewal ? found.spec.acquireTime : undefined) ?? now,
      renewTime: now,
    },
  }
}

/**
 * Tells of a Lease whether nobody renewed it for so many seconds, by the clock of this process: those of two nodes may differ. It has to
 * be asked about it again and again.
 */
export function expiryByOwnClock(duration: number): (lease: Lease) => boolean {
  const seen = new Map<string, { readonly renewal: string; readonly since: number }>()
  return ({ metadata: { name }, spec: { holderIdentity = '', renewTime = '' } }) => {
    const renewal = `${holderIdentity} ${renewTime}`
    const before = seen.get(name)
    if (before?.renewal === renewal) return performance.now() - before.since > duration * 1000
    seen.set(name, { renewal, since: performance.now() })
    return false
  }
}

/** As the API server reads times of Leases: with six digits of a second, neither more nor less. */
function microTime(date: Date): string {
  return date.toISOString().replace('Z', '000Z')
}
