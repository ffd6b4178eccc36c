const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']

const factors: ReadonlyMap<string, number> = new Map([
  ...binary.map((suffix, place) => [suffix, 1024 ** (place + 1)] as const),
  ...decimal.map((suffix, place) => [suffix, 10 ** (3 * (place - decimal.indexOf('')))] as const),
])

/** What a quantity means in its base unit; undefined for a text that is none. */
function valueOf(text: string): number | undefined {
  const [, number, exponent, suffix = ''] = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+)|([A-Za-z]*))$/.exec(text) ?? []
  const factor = exponent === undefined ? factors.get(suffix) : 10 ** Number(exponent)
  return number === undefined || factor === undefined ? undefined : Number(number) * factor
}

/**
 * Reads a Kubernetes quantity such as `320Mi`, `1G` or `1e3` as a number of its base unit.
 * Throws a RangeError for text that is no quantity. See https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(text: string): number {
  const value = valueOf(text)
  if (value === undefined) throw new RangeError(`${text} is not a Kubernetes quantity: write a number and a suffix, for example 320Mi.`)
  return value
}

/** Bytes that a quantity means as a size, rounded up as Kubernetes rounds them; undefined for a text that is none of a size. */
export function bytesOf(text: string): number | undefined {
  const bytes = Math.ceil(valueOf(text) ?? Number.NaN)
  return Number.isFinite(bytes) && !text.startsWith('-') ? bytes : undefined
}

/** Writes a whole number of bytes as a quantity, in the largest unit of which it is a whole number. */
export function quantityOf(bytes: number): string {
  const unit = ['Ti', 'Gi', 'Mi', 'Ki'].find((suffix) => bytes % (factors.get(suffix) ?? 1) === 0)
  return unit === undefined || bytes === 0 ? String(bytes) : `${bytes / (factors.get(unit) ?? 1)}${unit}`
}
