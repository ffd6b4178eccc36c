import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'

/** Content of a volume without the file. */
export const nothing = 'nothing'

/** Enough lines that a file written or copied in part shows. */
const lines = 1500

/** The file system may stand still, and then a write waits in the kernel: it must not be this process that does. */
const writeThenRename = 'cat > "$1.new" && mv "$1.new" "$1"'

const pathIn = (directory: string) => join(directory, 'marked')

/** The mark of a volume's so many'th write. */
export function markFor(name: string, counter: number): string {
  return `${name} ${counter} ${createHash('sha256').update(`${name} ${counter}`).digest('hex')}`
}

/** Writes a mark into a mounted volume; whoever reads meanwhile sees the mark before or this one. */
export async function writeMark(directory: string, mark: string): Promise<void> {
  await execa('sh', ['-c', writeThenRename, 'sh', pathIn(directory)], { input: `${mark}\n`.repeat(lines) })
}

/** Reads the mark of a mounted volume. Throws when the file is not what one write left. */
export async function readMark(directory: string): Promise<string> {
  const text = await readFile(pathIn(directory), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return nothing
  const mark = text.slice(0, text.indexOf('\n'))
  const [name = '', counter] = mark.split(' ')
  if (text !== `${mark}\n`.repeat(lines) || mark !== markFor(name, Number(counter))) {
    throw new Error(`${pathIn(directory)} is not what one write left: ${text.length} characters, ${text.slice(0, 200)}`)
  }
  return mark
}
