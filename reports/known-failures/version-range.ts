/** Form of a range, for messages. */
export const rangeForm = 'a version such as "1.36", or bounds such as ">=1.35 <1.38"; "||" stands between alternatives'

type Operator = '>=' | '>' | '<=' | '<' | '='

interface Bound {
  readonly operator: Operator
  /** One, two or three numbers: a bound of two speaks of all patches of a minor. */
  readonly numbers: readonly number[]
}

/** Bounds that hold together, for each alternative. */
type VersionRange = readonly (readonly Bound[])[]

const bound = /^(>=|>|<=|<|=)?v?(\d+(?:\.\d+){0,2})(?:\.[x*])?$/

/** Whether a text is a range of versions. */
export function isVersionRange(text: string): boolean {
  return parse(text) !== undefined
}

/**
 * Whether a version is in a range, by its numbers alone: `v1.37.0-rc.1` and `v1.37.0-gke.3` count as 1.37.0. A bound that names no patch
 * speaks of all of them: `<=1.36` holds for 1.36.9. False for a version or a range that cannot be read.
 */
export function isInRange(version: string, range: string): boolean {
  const [, found] = /^v?(\d+(?:\.\d+)*)/.exec(version) ?? []
  if (found === undefined) return false
  const numbers = found.split('.').map(Number)
  return (parse(range) ?? []).some((bounds) => bounds.every((one) => holds(numbers, one)))
}

function parse(text: string): VersionRange | undefined {
  const alternatives = text.split('||').map((alternative) => {
    const words = alternative
      .replaceAll(/([<>=])\s+/g, '$1')
      .trim()
      .split(/\s+/)
    return words.map(boundOf)
  })
  return alternatives.every((bounds): bounds is Bound[] => !bounds.includes(undefined)) ? alternatives : undefined
}

function boundOf(word: string): Bound | undefined {
  const [, operator = '=', numbers] = bound.exec(word) ?? []
  return numbers === undefined ? undefined : { operator: operator as Operator, numbers: numbers.split('.').map(Number) }
}

function holds(version: readonly number[], { operator, numbers }: Bound): boolean {
  const at = numbers.findIndex((number, index) => number !== (version[index] ?? 0))
  const difference = at === -1 ? 0 : (version[at] ?? 0) - (numbers[at] ?? 0)
  if (operator === '=') return difference === 0
  if (difference === 0) return operator === '>=' || operator === '<='
  return operator.startsWith('>') === difference > 0
}
