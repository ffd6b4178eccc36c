import { availableParallelism, loadavg } from 'node:os'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import type { DriverAct, DriverTime, Platform } from '../../contract/platform.ts'
import { limits } from './limits.ts'

/** A limit that is not that of the table, and where it comes from. */
export interface DerivedLimit {
  readonly seconds: number
  /** Why it is so long, in a few words that a message can end with. */
  readonly from: string
  /** A window in which nothing may happen grows with what was seen in the history before. */
  readonly grows?: true
}

/** A limit in seconds, as it stands in the table or as it was derived for the platform. */
export type Limit = number | DerivedLimit

type LimitName = keyof typeof limits

/** What a driver does, how often one after the other, until something is there that has a limit. */
const acts = {
  podReady: { bind: 1, attach: 1 },
  restoresReady: { restore: 2, attach: 1 },
  statefulSetReady: { bind: 3, attach: 3 },
  quorumFormed: { bind: 1, attach: 1 },
  statefulSetScaled: { bind: 2, attach: 2 },
  podDeleted: { attach: 1 },
  objectDeleted: { attach: 1, delete: 1 },
  pvcBound: { bind: 1, restore: 1 },
  pvcExpanded: { resize: 1, attach: 1 },
  attachmentAnswered: { attach: 1 },
  volumeSnapshotReady: { snapshot: 1 },
  jobEnded: { bind: 1, attach: 1 },
  jobRetried: { bind: 1, attach: 1 },
  namespaceDestroyed: { attach: 1, delete: 1 },
  namespaceDeleted: { attach: 1, delete: 2 },
  guarantee: { bind: 4, attach: 6, snapshot: 2, restore: 2, resize: 2, delete: 1 },
} as const satisfies Readonly<Partial<Record<LimitName, Readonly<Partial<Record<DriverAct, number>>>>>>

type PlatformLimit = keyof typeof acts

/** The limits of suites on one platform. */
export type Limits = Readonly<Record<LimitName, Limit>>

/** A driver that was tried once may take this much longer another time, with guarantees beside it that ask it for volumes too. */
const slack = 3

/** A machine that is so busy that everything takes longer still is too busy to judge by. */
const highestLoad = 4

/** By how much longer everything takes on this machine than it would on an idle one: 1 or more. */
export function machineLoad(): number {
  return Math.min(highestLoad, Math.max(1, (loadavg()[0] ?? 0) / availableParallelism()))
}

/**
 * The limits of suites on the platform of a cluster: those of the table, and longer ones where its driver is slow. What was measured counts
 * three times; what whoever knows the driver allows counts once; both count times the load of this machine. What waits for a Velero that
 * Holdfast did not install may take three times as long.
 */
export function limitsOf({ platform, velero }: Pick<ClusterRecord, 'platform' | 'velero'>, load = 1): Limits {
  const { times } = platform ?? {}
  const derived = times && Object.entries(acts).map(([name, of]) => [name, derivedLimit(name as PlatformLimit, { of, times, load })])
  const ofDriver = { ...limits, staysUnchanged, ...(derived && (Object.fromEntries(derived) as Record<PlatformLimit, Limit>)) }
  return velero?.shared === undefined ? ofDriver : { ...ofDriver, ...onSharedVelero(ofDriver) }
}

const staysUnchanged: Limit = { seconds: limits.staysUnchanged, from: 'the least for what stays', grows: true }

/** What waits for Velero. */
const ofVelero = ['backupEnded', 'restoreEnded', 'scheduleRanTwice', 'deletionAnswered', 'backupsDeleted', 'guarantee'] as const

/** A server that Holdfast did not set up does one thing at a time, for others too, and looks after what goes on every ten seconds. */
const timesAsLong = 3

function onSharedVelero(table: Limits): Pick<Limits, (typeof ofVelero)[number]> {
  const longer = ofVelero.map((name) => {
    const limit = table[name]
    const driver = typeof limit === 'number' ? '' : `${limit.from}, `
    return [
      name,
      { seconds: timesAsLong * secondsOf(limit), from: `${driver}${timesAsLong} times as long for a Velero that serves others too` },
    ]
  })
  return Object.fromEntries(longer) as Pick<Limits, (typeof ofVelero)[number]>
}

/** The seconds of a limit, rounded up. */
export function secondsOf(limit: Limit): number {
  return typeof limit === 'number' ? limit : limit.seconds
}

/** The limit of the table for this name, or what the driver needs where that is more. */
function derivedLimit(
  name: PlatformLimit,
  {
    of,
    times,
    load,
  }: { readonly of: Readonly<Partial<Record<DriverAct, number>>>; readonly times: Platform['times'] & {}; readonly load: number },
): Limit {
  const parts = (Object.entries(of) as [DriverAct, number][]).flatMap(([act, often]) => {
    const time = times[act]
    return time === undefined ? [] : [{ act, often, time }]
  })
  const seconds = Math.ceil(parts.reduce((sum, { often, time }) => sum + often * needed(time), 0) * load)
  // The time of the table is what everything else takes: a guarantee does more than wait for its driver.
  const least = limits[name]
  const [whole, enough] = name === 'guarantee' ? [least + seconds, least / 2] : [seconds, least]
  return seconds <= enough
    ? least
    : { seconds: whole, from: `${parts.map(describe).join(', ')}${load > 1 ? `, times a load of ${load.toFixed(1)}` : ''}` }
}

function needed({ seconds, kind }: DriverTime): number {
  return kind === 'measured' ? slack * seconds : seconds
}

function describe({ act, often, time }: { readonly act: DriverAct; readonly often: number; readonly time: DriverTime }): string {
  const times = often * (time.kind === 'measured' ? slack : 1)
  return `${times === 1 ? '' : `${times} times `}${time.seconds} s for ${act} by ${time.from}`
}
