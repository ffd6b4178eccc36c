/** An image by its parts. */
export interface ImageReference {
  /** With the registry, as a container runtime fills it in: `docker.io/library/busybox`. */
  readonly repository: string
  /** `latest` where neither a tag nor a digest is written. */
  readonly tag: string | undefined
  /** `sha256:…` */
  readonly digest: string | undefined
}

/** Takes a reference apart as a container runtime does. */
export function readReference(reference: string): ImageReference {
  const [named = '', digest] = reference.split('@')
  const [, path = named, tag] = /^(.*?)(?::([^:/]+))?$/.exec(named) ?? []
  return { repository: withRegistry(path), tag: tag ?? (digest === undefined ? 'latest' : undefined), digest }
}

function withRegistry(path: string): string {
  const [first = '', ...rest] = path.split('/')
  const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  if (isRegistry) return path
  return rest.length === 0 ? `docker.io/library/${path}` : `docker.io/${path}`
}

/** A reference as a container runtime looks it up: by digest where there is one, else by tag. */
export function wholeReference(reference: string): string {
  const { repository, tag, digest } = readReference(reference)
  return digest === undefined ? `${repository}:${tag ?? 'latest'}` : `${repository}@${digest}`
}

/** Last part of the repository of an image, such as `csi-provisioner`. */
export function shortName(reference: string): string {
  return readReference(reference).repository.split('/').at(-1) ?? reference
}

/** What tells one image of a name from another: its tag, or the beginning of its digest. */
export function versionIn(reference: string): string {
  const { tag, digest } = readReference(reference)
  return tag ?? (digest ?? '').slice(0, 'sha256:'.length + 12)
}

/** Images that stand beside a CSI driver in most of them, and are of others than who wrote the driver. */
const sidecars: ReadonlySet<string> = new Set([
  ...['csi-provisioner', 'csi-attacher', 'csi-resizer', 'csi-snapshotter', 'csi-node-driver-registrar', 'livenessprobe'],
  ...['csi-external-health-monitor-controller', 'csi-external-health-monitor-agent', 'snapshot-controller', 'kube-rbac-proxy'],
])

/** Version of a driver by its images: those of the sidecars do not count, unless there is no other. */
export function driverVersion(references: readonly string[]): string {
  const own = references.filter((each) => !sidecars.has(shortName(each)))
  const counted = [...new Set(own.length > 0 ? own : references)]
  const versions = [...new Set(counted.map(versionIn))]
  if (versions.length <= 1) return versions[0] ?? ''
  return counted.map((each) => `${shortName(each)} ${versionIn(each)}`).join(', ')
}
