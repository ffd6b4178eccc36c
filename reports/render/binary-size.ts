const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

/** A number of bytes in the largest binary unit that fits, `100 MiB`; a decimal only where the amount is not whole. */
export function binarySize(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  const amount = bytes / 1024 ** power
  return `${Number.isInteger(amount) ? amount : amount.toFixed(1)} ${units[power] ?? 'B'}`
}
