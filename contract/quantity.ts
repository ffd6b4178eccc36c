const factors: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
}

/**
 * Reads a Kubernetes quantity such as `320Mi`, `1G` or `1e3` as a number of its base unit.
 * Throws a RangeError for text that is no quantity. See https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(text: string): number {
  const [, number, suffix = ''] = /^([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)([a-zA-Z]*)$/u.exec(text) ?? []
  const factor = factors[suffix]
  const value = Number(number)
  if (number === undefined || factor === undefined || Number.isNaN(value)) {
    throw new RangeError(`${text} is not a Kubernetes quantity: write a number and a suffix, for example 320Mi.`)
  }
  return value * factor
}

/** Writes a whole number of bytes as a quantity, in the largest unit of which it is a whole number. */
export function quantityOf(bytes: number): string {
  const unit = ['Ti', 'Gi', 'Mi', 'Ki'].find((suffix) => bytes % (factors[suffix] ?? 1) === 0)
  return unit === undefined || bytes === 0 ? String(bytes) : `${bytes / (factors[unit] ?? 1)}${unit}`
}
