const suffixes: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
}

/** Bytes that a Kubernetes quantity such as `1.5Gi` means, rounded up; undefined for a text that is none of a size. */
export function parseQuantity(text: string): number | undefined {
  const [, number, suffix = ''] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(text) ?? []
  const factor = suffixes[suffix]
  if (number === undefined || factor === undefined) return undefined
  const bytes = Math.ceil(Number(number) * factor)
  return Number.isSafeInteger(bytes) ? bytes : undefined
}
