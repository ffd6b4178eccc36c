/**
 * Where a right is needed: in `own` namespaces, which Holdfast makes; in the whole `cluster`, for objects outside namespaces and for those
 * of all namespaces; or in one `namespace/<name>` that is there.
 */
export type RightScope = 'own' | 'cluster' | `namespace/${string}`

/** File in the evidence of a guarantee with the rights that its requests took. */
export const requestsFile = 'requests.json'

/** What that file holds. */
export interface RequestsOfGuarantee {
  /** Whether the clean-up is over: what it took is among the rights. */
  readonly complete: boolean
  /** Each as `ruleText` writes it. */
  readonly rights: readonly string[]
}

/** What RBAC must allow so that the API server accepts a request. */
export interface Right {
  readonly verb: string
  /** API group; empty for the core group. */
  readonly group: string
  readonly resource: string
  readonly subresource?: string
  readonly scope: RightScope
  /** Name of the one object that it is about, where that is known beforehand. */
  readonly name?: string
}

/** All verbs on one resource in one scope. */
export interface RightsRule extends Omit<Right, 'verb'> {
  readonly verbs: readonly string[]
}

/** A resource as RBAC and its messages write it: `pods/exec`, `statefulsets.apps/scale`. */
export function resourceText({ group, resource, subresource }: Omit<Right, 'verb' | 'scope'>): string {
  return `${resource}${group === '' ? '' : `.${group}`}${subresource === undefined ? '' : `/${subresource}`}`
}

/** Rights by resource, each once and in alphabetical order: the same rights always give the same rules. */
export function rulesOf(rights: Iterable<Right>): readonly RightsRule[] {
  const byResource = Map.groupBy(rights, headOf)
  return [...byResource]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, [first, ...others]]) => {
      if (first === undefined) return []
      const { verb, ...rest } = first
      return [{ ...rest, verbs: [...new Set([verb, ...others.map((other) => other.verb)])].toSorted() }]
    })
}

/** The rights of rules, one for each verb. */
export function rightsOf(rules: Iterable<RightsRule>): readonly Right[] {
  return [...rules].flatMap(({ verbs, ...rest }) => verbs.map((verb) => ({ verb, ...rest })))
}

/**
 * Rights as roles can give them, each once. Namespaces that Holdfast makes have names that nobody knows beforehand, so what is needed in
 * them is given in all namespaces.
 */
export function grantable(rules: Iterable<RightsRule>): readonly RightsRule[] {
  return rulesOf(rightsOf(rules).map((right) => (right.scope === 'own' ? { ...right, scope: 'cluster' as const } : right)))
}

/** A rule in one line: `own pods/exec: create get`, `namespace/kube-system leases.coordination.k8s.io holdfast: delete get update`. */
export function ruleText(rule: RightsRule): string {
  return `${headOf(rule)}: ${rule.verbs.join(' ')}`
}

/** A right in one line, as that of a rule with one verb. */
export function rightText(right: Right): string {
  return `${headOf(right)}: ${right.verb}`
}

function headOf(right: Omit<Right, 'verb'>): string {
  return `${right.scope} ${resourceText(right)}${right.name === undefined ? '' : ` ${right.name}`}`
}

const line = /^(own|cluster|namespace\/[a-z0-9-]+) ([a-z*]+)(?:\.([a-z0-9.-]+))?(?:\/([a-z]+))?(?: (\S+))?: ([a-z*]+(?: [a-z*]+)*)$/

/** Reads a line that `ruleText` wrote; undefined when it is none. */
export function parseRule(text: string): RightsRule | undefined {
  const found = line.exec(text)
  if (found === null) return undefined
  const [, scope, resource = '', group = '', subresource, name, verbs = ''] = found
  return {
    group,
    resource,
    ...(subresource !== undefined && { subresource }),
    scope: scope as RightScope,
    ...(name !== undefined && { name }),
    verbs: verbs.split(' '),
  }
}

/** Reads a line that is part of the checkout. Throws a TypeError when it is no rule. */
export function ruleOf(text: string): RightsRule {
  const rule = parseRule(text)
  if (rule === undefined) throw new TypeError(`"${text}" is not a rule.`)
  return rule
}
