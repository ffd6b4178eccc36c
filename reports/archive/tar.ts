import { buffer } from 'node:stream/consumers'
import { extract, type Header, pack } from 'tar-stream'

/** A file of a tar archive. */
export interface TarFile {
  readonly path: string
  readonly content: Buffer
}

/** A tar archive of files in their order. The same files and time give the same bytes. */
export async function tarOf(files: readonly TarFile[], mtime: Date): Promise<Buffer> {
  const tar = pack()
  const whole = buffer(tar)
  for (const { path, content } of files) tar.entry({ name: path, size: content.length, mode: 0o644, uid: 0, gid: 0, mtime }, content)
  tar.finalize()
  return whole
}

/** What a tar archive may hold. */
export interface TarLimits {
  /** The most files and directories. */
  readonly files: number
  /** Why an entry is refused, in one sentence; undefined for one that is taken. */
  readonly refuse: (header: Header) => string | undefined
}

/**
 * The files of a tar archive, without its directories. Nothing is left open afterwards. Throws one sentence for an archive that is damaged
 * or cut off, that has an entry that is refused, or too many.
 */
export async function filesOfTar(tar: Buffer, { files: most, refuse }: TarLimits): Promise<readonly TarFile[]> {
  const reader = extract()
  const found: TarFile[] = []
  let entries = 0
  reader.end(tar)
  for await (const entry of reader) {
    entries += 1
    const problem = entries > most ? `It has more than ${most} entries.` : refuse(entry.header)
    if (problem !== undefined) throw new Error(problem)
    if (entry.header.type === 'directory') entry.resume()
    else found.push({ path: entry.header.name, content: await buffer(entry) })
  }
  return found
}
