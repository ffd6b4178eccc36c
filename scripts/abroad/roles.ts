import { parseAllDocuments } from 'yaml'
import type { Manifest } from './api.ts'

/** One verb on one resource. */
export interface Right {
  readonly verb: string
  readonly resource: string
}

interface Rule {
  readonly resources?: readonly string[]
  readonly verbs: readonly string[]
}

/** A manifest that may be a role. */
type Role = Manifest & { readonly rules?: readonly Rule[] }

/** The objects that `holdfast rbac` printed. */
export function rolesIn(printed: string): readonly Role[] {
  return parseAllDocuments(printed).flatMap((document) => {
    const object = document.toJS() as Role | null
    return object === null ? [] : [object]
  })
}

/** The same roles with all rights but one. Throws when none of them has it. */
export function withoutRight(roles: readonly Role[], right: Right): readonly Role[] {
  let taken = 0
  const rulesOf = (rule: Rule): readonly Rule[] => {
    const { resources = [], verbs } = rule
    if (!resources.includes(right.resource) || !verbs.includes(right.verb)) return [rule]
    taken += 1
    const others = resources.filter((resource) => resource !== right.resource)
    const left = verbs.filter((verb) => verb !== right.verb)
    return [
      ...(others.length === 0 ? [] : [{ ...rule, resources: others }]),
      ...(left.length === 0 ? [] : [{ ...rule, resources: [right.resource], verbs: left }]),
    ]
  }
  const found = roles.map((role) => (role.rules === undefined ? role : { ...role, rules: role.rules.flatMap(rulesOf) }))
  if (taken === 0) throw new Error(`No role has the right to ${right.verb} ${right.resource}.`)
  return found
}
