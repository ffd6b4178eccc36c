import { parseQuantity } from '../../engine/quantity.ts'

/** A file system keeps data in blocks and notes where they are, so its use grows by a little more than is written. */
const notedAtMost = 1.25

/** By how many bytes the use of a file system may grow when so much is written to it, for example `64Mi`. */
export function useOfWritten(written: string): { readonly least: number; readonly most: number } {
  const least = parseQuantity(written)
  return { least, most: notedAtMost * least }
}
