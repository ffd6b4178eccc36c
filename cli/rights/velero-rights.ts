import { usualNamespace } from '../../clusters/installed-velero/find-velero.ts'
import type { RightsRule, RightScope } from '../../contract/rights.ts'

/** As it stands in stored rights: clusters of ours have Velero in that namespace. */
const stored: RightScope = `namespace/${usualNamespace}`

/**
 * What no suite and no clean-up asks of a Velero that Holdfast did not install: what is in its Secrets, and what is made on clusters of
 * ours alone.
 */
const onlyOnOurs: ReadonlySet<string> = new Set(['secrets', 'configmaps'])

/**
 * Rules for a cluster whose Velero somebody else installed: those in the namespace of Velero name that in which it is there; none are left
 * of them where none is used.
 */
export function rightsAt(rules: readonly RightsRule[], veleroNamespace: string | undefined): readonly RightsRule[] {
  return rules.flatMap((rule) => {
    if (rule.scope !== stored) return [rule]
    if (veleroNamespace === undefined || onlyOnOurs.has(rule.resource)) return []
    return [{ ...rule, scope: `namespace/${veleroNamespace}` as const }]
  })
}

/** Rules as they are stored, of a run on a cluster whose Velero is in that namespace. */
export function rightsAsStored(rules: readonly RightsRule[], veleroNamespace: string | undefined): readonly RightsRule[] {
  if (veleroNamespace === undefined) return rules
  return rules.map((rule) => (rule.scope === `namespace/${veleroNamespace}` ? { ...rule, scope: stored } : rule))
}
