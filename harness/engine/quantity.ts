export { parseQuantity, quantityOf } from '../../contract/quantity.ts'

/** A number of bytes in MiB, as people read it. */
export function inMebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`
}
