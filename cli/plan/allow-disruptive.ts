import { selectGuarantees, type SuiteEntry } from '../catalogue/guarantee-catalogue.ts'
import { UsageError } from '../shell/usage-error.ts'

/** What the command line allows on a cluster of somebody else. */
export interface DisruptiveFlags {
  readonly allowDisruptive?: readonly string[]
  readonly disruptiveNodes?: readonly string[]
}

/**
 * Ids of the disruptive guarantees that may run on a cluster that Holdfast did not make. Throws a `UsageError` for names that name none,
 * and where nodes are named without guarantees or guarantees without nodes.
 */
export function allowedIn(catalogue: readonly SuiteEntry[], { allowDisruptive, disruptiveNodes }: DisruptiveFlags): readonly string[] {
  if (allowDisruptive === undefined) {
    if (disruptiveNodes === undefined) return []
    throw new UsageError('--disruptive-nodes allows nothing by itself.', {
      fix: 'Name the guarantees that may disrupt these nodes with --allow-disruptive.',
    })
  }
  if (disruptiveNodes === undefined)
    throw new UsageError('--allow-disruptive needs the nodes that may be disrupted.', { fix: 'Name them with --disruptive-nodes.' })
  return allowDisruptive.flatMap((name) => {
    const disruptive = selectGuarantees(catalogue, [name]).filter((guarantee) => guarantee.disruptive === true)
    if (disruptive.length > 0) return disruptive.map(({ id }) => id)
    const all = selectGuarantees(catalogue, []).filter((guarantee) => guarantee.disruptive === true)
    throw new UsageError(`--allow-disruptive ${name} names no guarantee that is disruptive.`, {
      fix: `These are: ${all.map(({ id }) => id).join(', ')}.`,
    })
  })
}
