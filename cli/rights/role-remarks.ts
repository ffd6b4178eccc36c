import { resourceText, rightsOf } from '../../contract/rights.ts'
import type { RecordedRights } from './recorded-rights.ts'
import type { RightsElsewhere } from './rights-of-selection.ts'
import { farReachingRights } from './roles.ts'

/** What whoever is to grant roles should know of them, a line each. */
export function roleRemarks(
  { guarantees, neverRun, unrecorded, rules }: RightsElsewhere,
  { recorded, veleroNamespace }: { readonly recorded: RecordedRights; readonly veleroNamespace: string },
): readonly string[] {
  const left =
    neverRun.length === 0 ? [] : [`Left out, because they run only on clusters that Holdfast created: ${neverRun.length} guarantees.`]
  const unknown = unrecorded.length === 0 ? [] : [`Of these no run has shown yet what they need: ${unrecorded.join(', ')}.`]
  const wide = farReachingRights(rules).map(({ right, allows }) => `  ${right}: ${allows}. ${neededBy(right, { guarantees, recorded })}`)
  const ofVelero = rules.some(({ scope }) => scope === `namespace/${veleroNamespace}`)
    ? [`Where there is no namespace ${veleroNamespace}, kubectl says so and applies the rest. What needs Velero does not run there anyway.`]
    : []
  return [
    `What ${guarantees.length} guarantees need on a cluster that Holdfast did not create, and Holdfast itself.`,
    ...left,
    ...unknown,
    ...ofVelero,
    ...(wide.length === 0
      ? []
      : [
          'Holdfast works in namespaces of its own, hf-*. RBAC cannot name these, so some rights reach further than Holdfast does:',
          ...wide,
        ]),
  ]
}

const namedAtMost = 3

function neededBy(
  right: string,
  { guarantees, recorded }: Pick<RightsElsewhere, 'guarantees'> & { readonly recorded: RecordedRights },
): string {
  const needing = guarantees.filter((id) =>
    rightsOf(recorded.get(id) ?? []).some((one) => `${one.verb} ${resourceText({ ...one, group: '' })}` === right),
  )
  const more = needing.length - namedAtMost
  return `Needed by ${needing.slice(0, namedAtMost).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
}
