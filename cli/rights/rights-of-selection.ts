import { neverOffered } from '../../clusters/existing/never-offered.ts'
import { rightsOfItsOwn, rightsToSeeVelero } from '../../clusters/existing/own-rights.ts'
import type { Feature } from '../../contract/cluster-record.ts'
import { isOwnFeature } from '../../contract/feature.ts'
import type { RightsRule } from '../../contract/rights.ts'
import { rightsToRemoveBackups } from '../../contract/rights-to-remove-backups.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import type { SuiteEntry } from '../catalogue/guarantee-catalogue.ts'
import { merged, type RecordedRights, readRights } from './recorded-rights.ts'
import { rightsAt } from './velero-rights.ts'

/** Rights of some guarantees. */
export interface SelectedRights {
  readonly rules: readonly RightsRule[]
  /** Guarantees whose rights no run has shown yet. */
  readonly unrecorded: readonly string[]
}

type Selectable = Pick<Guarantee, 'id' | 'requires'>

/** What somebody else's cluster is asked for guarantees. */
interface Elsewhere {
  readonly guarantees: readonly Selectable[]
  /** Namespace of its Velero; undefined where none is used. */
  readonly veleroNamespace: string | undefined
  /** Whether the program of the suites comes from a ConfigMap. */
  readonly program?: boolean
}

/**
 * Recorded rights as they are needed on a cluster that Holdfast did not create: in the namespace of its Velero, by those that need it, with
 * all that their clean-up may take.
 */
export function recordedElsewhere(recorded: RecordedRights, { guarantees, veleroNamespace }: Elsewhere): RecordedRights {
  return new Map(
    guarantees.flatMap(({ id, requires }) => {
      const rules = recorded.get(id)
      if (rules === undefined) return []
      const uses = veleroNamespace !== undefined && requires.includes('Velero')
      return [[id, uses ? merged(rightsAt([...rules, ...rightsToRemoveBackups], veleroNamespace)) : rightsAt(rules, undefined)] as const]
    }),
  )
}

/** Rights of guarantees on a cluster that Holdfast did not create, on top of those of Holdfast itself. */
export function rightsOfGuarantees(recorded: RecordedRights, elsewhere: Elsewhere): SelectedRights {
  return {
    rules: merged([...recordedElsewhere(recorded, elsewhere).values()].flat()),
    unrecorded: elsewhere.guarantees.flatMap(({ id }) => (recorded.has(id) ? [] : [id])),
  }
}

/** Those of the guarantees that a cluster with these features supports. */
export function supportedBy<One extends Selectable>(features: readonly Feature[], guarantees: readonly One[]): readonly One[] {
  return guarantees.filter(({ requires }) => requires.every((feature) => features.includes(feature)))
}

/** What guarantees that were selected from a catalogue need of a cluster that a run attaches to: rights, and features beyond its own. */
export function needsOfPlan({
  catalogue,
  guarantees,
  grant,
}: {
  readonly catalogue: readonly SuiteEntry[]
  readonly guarantees: readonly Guarantee[]
  readonly grant: string
}) {
  // Whether a cluster has features of one's own is no matter of rights or images.
  const selectable = guarantees.map(({ id, requires }) => ({ id, requires: requires.filter((feature) => !isOwnFeature(feature)) }))
  const rightsFor = (features: readonly Feature[], veleroNamespace: string | undefined) => {
    const recorded = readRights(catalogue.flatMap((suite) => suite.guarantees.map(({ id }) => id)))
    return rightsOfGuarantees(recorded, { guarantees: supportedBy(features, selectable), veleroNamespace }).rules
  }
  const neededWith = (features: readonly Feature[]) => [...new Set(supportedBy(features, selectable).flatMap(({ requires }) => requires))]
  return { grant, rightsFor, neededWith }
}

/** All that a run of these guarantees may need on a cluster that Holdfast did not create. */
export interface RightsElsewhere extends SelectedRights {
  /** Guarantees that such a cluster never supports: their rights are not among them. */
  readonly neverRun: readonly string[]
  /** Guarantees whose rights are among them. */
  readonly guarantees: readonly string[]
}

/** Rights of a run on a cluster that Holdfast did not create, with those of Holdfast itself. */
export function rightsElsewhere(recorded: RecordedRights, { guarantees, veleroNamespace, program = false }: Elsewhere): RightsElsewhere {
  const neverRun = guarantees.filter(({ requires }) => requires.some((feature) => neverOffered.includes(feature)))
  const left = guarantees.filter((guarantee) => !neverRun.includes(guarantee))
  const { rules, unrecorded } = rightsOfGuarantees(recorded, { guarantees: left, veleroNamespace })
  const snapshots = left.some(({ requires }) => requires.includes('VolumeSnapshots'))
  const velero = left.some(({ requires }) => requires.includes('Velero'))
  return {
    rules: merged([...rightsOfItsOwn({ snapshots, program }), ...(velero ? rightsAt(rightsToSeeVelero, veleroNamespace) : []), ...rules]),
    ...{ unrecorded, neverRun: neverRun.map(({ id }) => id), guarantees: left.map(({ id }) => id) },
  }
}
