import { appendFileSync, chmodSync, closeSync, fsyncSync, openSync, unlinkSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { FilledUp, WriteAttempts } from '../refusals.ts'
import { content } from './content.ts'
import { sizeOf } from './size.ts'

const pieceSizes = [1024 * 1024, 4096]

/** Writes one file until nothing more goes onto the file system, or until it is `atMost` bytes long. */
export function fillUp(directory: string, atMost: number): FilledUp {
  const descriptor = openSync(join(directory, 'filled-up'), 'w')
  const filled = pieceSizes.reduce<Filled>((before, size) => fillFrom(before.writtenBytes, { descriptor, size, atMost }), {
    writtenBytes: 0,
    refused: null,
  })
  const refused = filled.refused ?? refusalOf(() => fsyncSync(descriptor))
  closeSync(descriptor)
  return { writtenBytes: filled.writtenBytes, refused, ...sizeOf(directory) }
}

type Filled = Pick<FilledUp, 'writtenBytes' | 'refused'>

/** Appends pieces of one size to what was written so far. */
function fillFrom(
  start: number,
  { descriptor, size, atMost }: { readonly descriptor: number; readonly size: number; readonly atMost: number },
): Filled {
  const piece = content(size, size)
  let position = start
  for (;;) {
    if (position >= atMost) return { writtenBytes: position, refused: null }
    try {
      position += writeSync(descriptor, piece, 0, size, position)
    } catch (error) {
      return { writtenBytes: position, refused: codeOf(error) }
    }
  }
}

/** Tries each way of changing a tree that `fill` wrote. */
export function tryToWrite(directory: string): WriteAttempts {
  const at = (path: string): string => join(directory, path)
  return {
    create: refusalOf(() => writeFileSync(at('not-there-before'), 'new')),
    append: refusalOf(() => appendFileSync(at('one-byte'), 'more')),
    remove: refusalOf(() => unlinkSync(at('to-delete'))),
    chmod: refusalOf(() => chmodSync(at('to-chmod'), 0o600)),
  }
}

/** Error code with which something was refused, or null when it was done. */
function refusalOf(act: () => void): string | null {
  try {
    act()
    return null
  } catch (error) {
    return codeOf(error)
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
