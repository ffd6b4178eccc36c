const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']

const factors: ReadonlyMap<string, number> = new Map([
  ...binary.map((suffix, place) => [suffix, 1024 ** (place + 1)] as const),
  ...decimal.map((suffix, place) => [suffix, 10 ** (3 * (place - decimal.indexOf('')))] as const),
])

/**
 * Bytes that a Kubernetes quantity such as `63.9Ti` or `1e12` means, rounded up as Kubernetes rounds them; undefined for a text that is
 * none of a size. See "Quantity" in the Kubernetes API.
 */
export function bytesOf(text: string): number | undefined {
  const [, number, exponent, suffix = ''] = /^\+?(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d+)|([A-Za-z]*))$/.exec(text) ?? []
  const factor = exponent === undefined ? factors.get(suffix) : 10 ** Number(exponent)
  if (number === undefined || factor === undefined) return undefined
  const bytes = Math.ceil(Number(number) * factor)
  return Number.isFinite(bytes) ? bytes : undefined
}
