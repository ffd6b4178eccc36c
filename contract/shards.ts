/** A guarantee of a run over shards, with what decides which shard it goes to. */
export interface PlannedGuarantee {
  readonly id: string
  /** How long it takes, as far as it was measured. */
  readonly seconds: number
  /** Given where nothing else may run meanwhile. */
  readonly disruptive?: true
  /** What only one guarantee of the cluster may hold at a time. */
  readonly holds?: readonly string[]
}

/** `plan.json` of a run over shards: every shard works out from it what is its part. */
export interface ShardPlan {
  readonly schemaVersion: 1
  readonly runId: string
  readonly shards: number
  /** Digest of the sources that decide what the suites do: the image of a shard must hold the same. */
  readonly sources: string
  readonly keepFailed: boolean
  readonly guarantees: readonly PlannedGuarantee[]
}

/** One start of a shard, `shards/<index>/<uid of its Pod>.json` in the evidence. */
export interface ShardStart {
  readonly shard: number
  readonly pod: string
  readonly uid: string
  readonly node: string
  readonly startedAt: string
  /** Absent where the Pod was lost. */
  readonly endedAt?: string
  /** Guarantees of the shard without evidence when it started: those that it ran. */
  readonly guarantees: readonly string[]
}

/** Where the Leases of the lanes of a run are, and who takes them. */
export interface LanesOfRun {
  readonly namespace: string
  /** The Pod of the shard, by its uid: another start of the shard is somebody else. */
  readonly holder: string
  /** Whether a guarantee of the run runs alone in the cluster, so that all others must leave room for it. */
  readonly anyDisruptive: boolean
  /** How many guarantees the shard runs at a time however busy its node is. */
  readonly firstSlots: number
}

/** Environment variable of the suites with `LanesOfRun` as JSON. */
export const lanesVariable = 'HOLDFAST_LANES'

/** Files and objects that a run in a cluster and its shards agree on. */
export const inCluster = {
  /** Names of objects in the namespace of the run. */
  job: 'shards',
  account: 'shard',
  configMap: 'run',
  claim: 'evidence',
  reader: 'evidence-reader',
  container: 'shard',
  /** Keys of the ConfigMap. */
  planFile: 'plan.json',
  clusterFile: 'cluster.json',
  readerFile: 'reader.json',
  /** The directory of the run as it began, as a gzipped tar archive. */
  directoryFile: 'run.tar.gz',
  /** Where a Pod has the ConfigMap, the evidence of all shards, and what is its own. */
  planDirectory: '/etc/holdfast',
  evidenceDirectory: '/evidence',
  workDirectory: '/run/holdfast',
  /** Is there once the Pod that evidence is read from has it. */
  fetchedFile: '/run/holdfast/fetched',
  /** Where the image has Holdfast. */
  root: '/opt/holdfast',
} as const

/** Who holds the Lease of the cluster for a run over shards: each of its shards, and whoever waits for them. */
export function holderOfRun(runId: string): string {
  return `shards.${runId}`
}

/** Name of the namespace of a run over shards. */
export function namespaceOfRun(runId: string): string {
  return `holdfast-${runId.toLowerCase()}`
}
