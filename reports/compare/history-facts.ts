import type { HistoryEntry, ObjectRef, ObservedObject } from '../../harness/engine/history/history-entry.ts'

/** One thing that happened in a history, in words that are the same in every run in which it happens. */
export interface Fact {
  /** What happened to which object, without names that are random, uids, times and resource versions. */
  readonly what: string
  /** Position of its entry in the history. */
  readonly entry: number
  /** When the harness saw it: ISO 8601. */
  readonly at: string
  /** The kind of an object that came, was there, or went: what has an order that a user minds. */
  readonly milestoneOf?: string
}

/**
 * What a history tells, thing by thing, in its order. An observation tells what it changed of its object, so that it makes no difference
 * whether the API server stored two changes at once or one after the other. What differs from run to run though nothing else happens is
 * left out: times, addresses, nodes, counters of writes, and messages.
 */
export function factsOf(history: readonly HistoryEntry[]): readonly Fact[] {
  const known = new Map<string, ReadonlyMap<string, string>>()
  return history.flatMap((entry) =>
    whatHappened(entry, known).map((what) => ({
      ...{ what, entry: entry.seq, at: entry.at },
      ...(entry.type === 'observation' && milestones.some((end) => what.endsWith(end)) && { milestoneOf: entry.kind }),
    })),
  )
}

/** How the fact ends that an object is Ready. */
export const readySuffix = ': status.conditions[Ready].status True'

/** What the facts end with that have an order which a user minds. */
const milestones = [' appears', ' is gone', ': metadata.deletionTimestamp is set', readySuffix]

function whatHappened(entry: HistoryEntry, known: Map<string, ReadonlyMap<string, string>>): readonly string[] {
  switch (entry.type) {
    case 'act':
      return [`${entry.verb} ${roleOf(entry.subject)} ${entry.phase}${codeOf(entry)}`]
    case 'measurement':
      return measured(entry)
    case 'gap':
      return entry.unwatched === true ? [] : [`the watch of ${entry.kind} has a gap`]
    case 'mark':
      return entry.lateWatchOf === undefined ? [`mark ${plain(entry.name)}`] : []
    default:
      return observed(entry, known)
  }
}

/** What comes out otherwise in every run: how far a writer got, which addresses there are, how long calls took. */
const ofItsOwn: ReadonlySet<string> = new Set([
  ...[
    'acknowledged',
    'addresses',
    'api-server',
    'base-backups',
    'counter',
    'driver-calls',
    'driver-volumes',
    'dumps',
    'handle',
    'requests',
  ],
  ...['stored-objects', 'volume-figures', 'writers', 'writes'],
])

/** That something was measured, and what came out. */
function measured({ what, label, subject, value }: HistoryEntry & { readonly type: 'measurement' }): readonly string[] {
  const title = `${what}${label === '' ? '' : ` "${plain(label)}"`} of ${roleOf(subject)}`
  const leaves = new Map<string, string>()
  if (!ofItsOwn.has(what)) addLeaves(leaves, '', value)
  return [`${title} measured`, ...[...leaves].map(([path, leaf]) => `${title}:${path === '' ? '' : ` ${path.replace(/^\./, '')}`} ${leaf}`)]
}

function codeOf({ phase, answer }: HistoryEntry & { readonly type: 'act' }): string {
  return phase === 'rejected' && answer !== undefined ? ` with ${answer.code} ${answer.reason}` : ''
}

/** What an event of a watch tells of its object that was not known of it before. */
function observed(
  { event, kind, object }: HistoryEntry & { readonly type: 'observation' },
  known: Map<string, ReadonlyMap<string, string>>,
): readonly string[] {
  const { name, namespace, uid } = object.metadata
  const role = roleOf({ kind, name, ...(namespace !== undefined && { namespace }) }, object)
  if (kind === 'Event') return []
  if (event === 'DELETED') return known.delete(uid) ? [`${role} is gone`] : []
  const before = known.get(uid)
  const now = stateOf(kind, object)
  known.set(uid, now)
  const appeared = before === undefined && event === 'ADDED' ? [`${role} appears`] : []
  const changed = [...now].filter(([path, value]) => before?.get(path) !== value && !(soonOver.test(path) && value === 'False'))
  // What an object is at first follows from the request that made it.
  const told = before === undefined ? changed.filter(([path]) => path.startsWith('status.')) : changed
  return [...appeared, ...told.map(([path, value]) => `${role}: ${path} ${value}`)]
}

/** Kind and name of an object, without what is random in the name. */
function roleOf({ kind, name }: ObjectRef, object?: ObservedObject): string {
  const generated = object?.metadata['generateName' as keyof ObservedObject['metadata']]
  const owner = object?.metadata.ownerReferences?.[0]
  const isRandom = typeof generated === 'string' && owner !== undefined && owner.kind !== 'StatefulSet'
  return `${kind} ${plain(isRandom ? `${generated}…` : name)}`
}

/** Fields of a status that say how a thing stands, and of the rest those that a deletion or an update shows. */
function stateOf(kind: string, object: ObservedObject): ReadonlyMap<string, string> {
  const { deletionTimestamp, finalizers = [] } = object.metadata
  const leaves = new Map<string, string>()
  if (deletionTimestamp !== undefined) leaves.set('metadata.deletionTimestamp', 'is set')
  for (const finalizer of finalizers) leaves.set(`finalizer ${plain(finalizer)}`, 'is there')
  addLeaves(leaves, 'spec', object['spec'])
  // How large a node is, is a matter of the machine.
  addLeaves(leaves, 'status', kind === 'Node' ? { ...(object['status'] as object), capacity: null } : object['status'])
  return leaves
}

/** Fields whose values differ from run to run, or are seen in one run and not in another though the same happens. */
const passingEnds = [
  ...['IP', 'IPs', 'ID', 'UID', 'uid', 'uuid', 'handle', 'name', 'nodeName', 'hostname', 'addresses', 'token', 'user'],
  ...['At', 'Time', 'Timestamp', 'Seconds', 'time', 'times', 'timeAdded', 'mtimeNs', 'Generation', 'Version', 'Revision', 'Hash'],
  ...['Index', 'Count', 'ready', '[rR]eplicas', 'message', 'reason', 'waiting', 'attachError', 'image', 'images', 'resources'],
  ...['allocatable', 'allocatedResources', 'qosClass', 'nodeInfo', 'volumesInUse', 'volumesAttached'],
]

const passing = new RegExp(`(?:${passingEnds.join('|')})$`)

/** Conditions that are false for a moment in one run, and never in another. */
const soonOver = /^status\.conditions\[(?:PodScheduled|PodReadyToStartContainers)\]/

function addLeaves(leaves: Map<string, string>, path: string, value: unknown): void {
  if (value === null || value === undefined || passing.test(path)) return
  if (Array.isArray(value)) {
    for (const [index, item] of (value as unknown[]).entries()) addLeaves(leaves, `${path}[${keyOf(item) ?? index}]`, item)
  } else if (path.endsWith('.error')) leaves.set(path, 'is set')
  else if (typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) if (key !== 'type') addLeaves(leaves, `${path}.${key}`, item)
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    leaves.set(path, plainValue(String(value)))
}

/** A digest of SHA-256 is of data, and the same in every run. */
const isDigest = /^(?:sha256:)?[0-9a-f]{64}$/

function plainValue(value: string): string {
  return isDigest.test(value) ? value : plain(value)
}

/** What tells an item of a list from the others. */
function keyOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined
  const { name, key: own, path, type } = item as Readonly<Record<'name' | 'key' | 'path' | 'type', unknown>>
  const key = name ?? own ?? path ?? type
  return typeof key === 'string' ? plain(key) : undefined
}

const random: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '…'],
  [/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…'],
  [/\bhf-[a-z0-9-]+-[0-9a-f]{6}\b/g, '…'],
  // What the API server and the controller of Deployments put behind a name.
  [/-[bcdfghjklmnpqrstvwxz2456789]{8,10}-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '-…'],
  [/\b(kube-api-access)-[a-z0-9]{5}\b/g, '$1-…'],
  [/\b[0-9a-f]{8,}\b/g, '…'],
  [/\bholdfast-[a-z0-9-]+-(?:worker\d*|control-plane)\b/g, '…'],
]

/** A text without what is random in it. */
function plain(text: string): string {
  return random.reduce((rest, [pattern, stand]) => rest.replaceAll(pattern, stand), text)
}
