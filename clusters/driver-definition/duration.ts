const seconds: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, μs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 }

const part = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g

/** Seconds that a duration of Go such as `1h15m` or `1.5s` means; undefined for a text that is none, and for a negative one. */
export function secondsOf(text: string): number | undefined {
  const given = text.replace(/^\+/, '')
  if (given === '0') return 0
  const parts = [...given.matchAll(part)]
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== given) return undefined
  const total = parts.reduce((sum, [, number = '0', unit = 's']) => sum + Number(number) * (seconds[unit] ?? 0), 0)
  // Sums of decimal fractions: a nanosecond is the smallest that Go knows.
  return Number(total.toFixed(9))
}
