/** What `/proc` says of one process, in ticks of its clock. */
export interface ProcessTicks {
  /** Number and start time, by which it is told from a later one of the same number. */
  readonly key: string
  readonly parent: string | undefined
  /** What kind of process it is, such as `kubelet`. */
  readonly kind: string
  readonly own: number
  /** What those of its children took that it has waited for. */
  readonly reaped: number
}

/** All processes at one moment, and for how many ticks the cores were busy since the machine started. */
export interface Sample {
  readonly processes: readonly ProcessTicks[]
  readonly busy: number
}

/** Fields of `/proc/<pid>/stat` (proc_pid_stat(5)). The name of a program may hold spaces and brackets, so fields count from behind it. */
export function parseStat(text: string): {
  readonly name: string
  readonly parent: number
  readonly own: number
  readonly reaped: number
  readonly started: number
} {
  const [open, close] = [text.indexOf('('), text.lastIndexOf(')')]
  const fields = text
    .slice(close + 2)
    .split(' ')
    .map(Number)
  const [parent = 0, user = 0, system = 0, childUser = 0, childSystem = 0, started = 0] = [1, 11, 12, 13, 14, 19].map(
    (place) => fields[place] ?? 0,
  )
  return { name: text.slice(open + 1, close), parent, own: user + system, reaped: childUser + childSystem, started }
}

/** Ticks for which the cores were busy, of the first line of `/proc/stat` (proc_stat(5)): all but `idle` and `iowait`, guests once. */
export function busyTicks(text: string): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (text.split('\n')[0] ?? '')
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return user + nice + system + irq + softirq + steal
}

/** Kind of a process by the name of its program, its command line and whether it runs in a Pod. The kernel cuts names at 15 letters. */
export function kindOfProcess({
  name,
  command,
  inPod,
}: {
  readonly name: string
  readonly command: string
  readonly inPod: boolean
}): string {
  if (/^(kube-|etcd$|kubelet$|coredns$|dockerd$|velero)/u.test(name)) return name
  if (/^(containerd|runc|ctr)/u.test(name)) return name.startsWith('containerd-shim') ? 'containerd-shim' : name
  if (/^(csi-|snapshot-|livenessprobe)/u.test(name)) return 'sidecars of the CSI driver'
  if (command.includes('csi-hostpath')) return 'CSI driver'
  if (inPod) return 'workload in Pods'
  if (/vitest/u.test(command)) return 'runner (Vitest)'
  if (/cli\/main\.[jt]s/u.test(command)) return 'holdfast'
  if (/^kworker|^ksoftirqd|^loop\d|^jbd2|^kswapd|^rcu_/u.test(name)) return 'kernel'
  return 'other processes'
}

/**
 * Ticks that each kind of process took between the first and the last of some samples. What a process did after it was last seen, and what
 * was never seen because it was too short, is that of the children of whoever waited for it; what nobody has is `not seen`.
 */
export function ticksByKind(samples: readonly Sample[]): ReadonlyMap<string, number> {
  const [first] = samples
  const last = samples.at(-1)
  if (first === undefined || last === undefined) return new Map()
  const before = new Map(first.processes.map((process) => [process.key, process]))
  const latest = new Map(samples.flatMap(({ processes }) => processes.map((process) => [process.key, process] as const)))
  const isThere = new Set(last.processes.map(({ key }) => key))
  const byKind = new Map<string, number>()
  const add = (kind: string, ticks: number) => ticks > 0 && byKind.set(kind, (byKind.get(kind) ?? 0) + ticks)
  const seenOfChildren = new Map<string | undefined, number>()
  for (const { key, parent, own, reaped } of latest.values())
    if (!isThere.has(key)) seenOfChildren.set(parent, (seenOfChildren.get(parent) ?? 0) + own + reaped)
  for (const { key, kind, own, reaped } of latest.values()) {
    add(kind, own - (before.get(key)?.own ?? 0))
    add(`${kind}: what it starts`, reaped - (before.get(key)?.reaped ?? 0) - (seenOfChildren.get(key) ?? 0))
  }
  const known = [...byKind.values()].reduce((sum, ticks) => sum + ticks, 0)
  add('not seen', last.busy - first.busy - known)
  return byKind
}
