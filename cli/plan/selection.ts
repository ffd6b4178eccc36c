import type { Feature } from '../../contract/cluster-record.ts'
import type { Guarantee, Level } from '../../harness/engine/guarantee.ts'
import { isAboutUpgrade } from '../../contract/upgrade.ts'
import { guaranteesOfProfile } from './guarantees-of-profile.ts'
import { clusterProfileOf, type RunProfile } from './profiles.ts'
import { provedEntries } from '../catalogue/proved-entries.ts'

/** By what a run may be narrowed on the command line. */
export interface SelectionFlags {
  readonly level?: readonly Level[]
  /** Areas of the ledger: the first parts of the ids of its entries. */
  readonly area?: readonly string[]
  /** Features that a guarantee must need, one of them. */
  readonly feature?: readonly Feature[]
  readonly skipSlow?: boolean
  readonly skipDisruptive?: boolean
  /** Disruptive guarantees that are run, by id, on a cluster where the others are not; all when absent. */
  readonly allowedToDisrupt?: readonly string[]
}

/** Guarantees that are not run for one reason. */
export interface NotRun {
  readonly why: string
  readonly guarantees: number
}

/** A guarantee that is not run, and why. */
export interface Skipped {
  readonly guarantee: Guarantee
  readonly why: string
}

/** What is run, what is not, and how many guarantees are not for which reasons. */
export interface Selection {
  readonly guarantees: readonly Guarantee[]
  readonly skipped: readonly Skipped[]
  readonly notRun: readonly NotRun[]
}

/** What guarantees are selected from. */
export interface SelectionOf extends SelectionFlags {
  readonly all: readonly Guarantee[]
  /** Guarantees named on the command line: these alone are run, of whatever profile they are. Undefined when there were no names. */
  readonly named: readonly Guarantee[] | undefined
  readonly profile: RunProfile
}

/** Selects the guarantees of a run. Each that is not run has the first reason that there is. */
export function selection({ all, named, profile, ...flags }: SelectionOf): Selection {
  const ofProfile = named === undefined && profile !== 'upgrade' ? profileReasons(all, profile, flags) : []
  const reasons = [...(named === undefined ? [] : [isNotNamed(named)]), upgradeReason(profile), ...ofProfile, ...flagReasons(flags)]
  const skipped = all.flatMap((guarantee) => {
    const why = reasons.find(({ leavesOut }) => leavesOut(guarantee))?.why
    return why === undefined ? [] : [{ guarantee, why }]
  })
  const left = new Set(skipped.map(({ guarantee }) => guarantee))
  return {
    guarantees: all.filter((guarantee) => !left.has(guarantee)),
    skipped,
    notRun: [...Map.groupBy(skipped, ({ why }) => why)].map(([why, some]) => ({ why, guarantees: some.length })),
  }
}

interface Reason {
  readonly why: string
  leavesOut(guarantee: Guarantee): boolean
}

/** Why a guarantee is not run where others were named. */
export const notNamed = 'not named'

function isNotNamed(named: readonly Guarantee[]): Reason {
  return { why: notNamed, leavesOut: (guarantee) => !named.includes(guarantee) }
}

/** A run judges either a platform as it is, or its upgrade. */
function upgradeReason(profile: RunProfile): Reason {
  if (profile === 'upgrade') return { why: 'judge a platform as it is: holdfast run', leavesOut: (guarantee) => !isAboutUpgrade(guarantee) }
  return { why: 'judge an upgrade: holdfast upgrade', leavesOut: isAboutUpgrade }
}

function profileReasons(all: readonly Guarantee[], profile: RunProfile, { level: levels }: SelectionFlags): readonly Reason[] {
  const cluster = clusterProfileOf(profile)
  const offered = new Set(guaranteesOfProfile(cluster, all))
  const other = cluster === 'velero' ? 'need no Velero: profile full' : 'need Velero or databases: profile velero'
  return [
    { why: other, leavesOut: (guarantee) => !offered.has(guarantee) },
    ...(profile === 'quick' ? [{ why: 'not quick: profile standard', leavesOut: ({ pace }: Guarantee) => pace !== 'quick' }] : []),
    ...(profile === 'standard' ? notStandard(levels) : []),
  ]
}

/** What the profile `standard` leaves out. Levels that somebody asks for take the place of its own. */
function notStandard(levels: readonly Level[] | undefined): readonly Reason[] {
  return [
    { why: 'slow: profile full', leavesOut: ({ pace }) => pace === 'slow' },
    ...(levels === undefined ? [{ why: 'SHOULD or MAY: profile full', leavesOut: ({ level }: Guarantee) => level !== 'MUST' }] : []),
  ]
}

function flagReasons({
  level,
  area,
  feature,
  skipSlow = false,
  skipDisruptive = false,
  allowedToDisrupt,
}: SelectionFlags): readonly Reason[] {
  return [
    ...(level === undefined
      ? []
      : [{ why: `of another level than ${level.join(', ')}`, leavesOut: (each: Guarantee) => !level.includes(each.level) }]),
    ...(area === undefined
      ? []
      : [
          {
            why: `of another area than ${area.join(', ')}`,
            leavesOut: (each: Guarantee) => !provedEntries(each).some((id) => area.includes(areaOf(id))),
          },
        ]),
    ...(feature === undefined
      ? []
      : [
          {
            why: `without need of ${feature.join(', ')}`,
            leavesOut: ({ requires }: Guarantee) => !requires.some((one) => feature.includes(one)),
          },
        ]),
    ...(skipSlow ? [{ why: 'slow, which --skip-slow leaves out', leavesOut: ({ pace }: Guarantee) => pace === 'slow' }] : []),
    ...(skipDisruptive
      ? [{ why: 'disruptive, which --skip-disruptive leaves out', leavesOut: ({ disruptive }: Guarantee) => disruptive === true }]
      : []),
    ...(allowedToDisrupt === undefined
      ? []
      : [
          {
            why: 'disruptive, and not named with --allow-disruptive',
            leavesOut: ({ id, disruptive }: Guarantee) => disruptive === true && !allowedToDisrupt.includes(id),
          },
        ]),
  ]
}

/** Area of an entry of the ledger. */
export function areaOf(entry: string): string {
  return entry.split('.')[0] ?? entry
}
