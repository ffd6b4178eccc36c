import { hash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readSync, statSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import type { Header } from 'tar-stream'
import { parseSums } from '../../contract/sums.ts'
import { messageOf } from '../../harness/engine/causes.ts'
import { sumsFile } from '../../harness/engine/evidence/verify-evidence.ts'
import { archiveEnding, ArchiveRefused, runFolder, unpackedAtMost } from './archive-format.ts'
import { filesOfTar, type TarFile } from './tar.ts'

/** What a file that zstd has compressed begins with (https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1). */
const magic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/** Whether a path is that of an archive, damaged or not: a file with the ending of one, or compressed as one is. */
export function isArchive(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false
  if (path.endsWith(archiveEnding)) return true
  const begin = Buffer.alloc(magic.length)
  const file = openSync(path, 'r')
  try {
    readSync(file, begin)
  } finally {
    closeSync(file)
  }
  return begin.equals(magic)
}

/**
 * Unpacks the run of an archive into a directory that does not exist yet. Returns what is not as the list of digests in the archive says,
 * one sentence per file. Throws `ArchiveRefused`, and writes nothing, for a file that is no archive of a run, that is damaged or cut off,
 * or that holds a link, a path that leads out of it, or more than `atMost`.
 */
export async function unpackArchive(path: string, directory: string, atMost = unpackedAtMost): Promise<readonly string[]> {
  const { top, all } = await readArchive(path, atMost)
  for (const [name, content] of all) {
    if (!name.startsWith(`${top}/${runFolder}/`)) continue
    const target = join(directory, name.slice(`${top}/${runFolder}/`.length))
    // Nothing is under way when a signal has what was unpacked removed.
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, content, { flag: 'wx' })
  }
  return listProblems(top, all)
}

/** The `report.json` of the run in an archive; undefined where it has none. Writes nothing. Throws as `unpackArchive` does. */
export async function reportInArchive(path: string): Promise<string | undefined> {
  const { top, all } = await readArchive(path, unpackedAtMost)
  return all.get(`${top}/${runFolder}/report.json`)?.toString('utf8')
}

interface Archive {
  /** Name of the one folder that everything is in. */
  readonly top: string
  /** Contents of the files, by path. */
  readonly all: ReadonlyMap<string, Buffer>
}

async function readArchive(path: string, atMost: typeof unpackedAtMost): Promise<Archive> {
  const files = await filesOfTar(await decompressed(path, atMost), { files: atMost.files, refuse }).catch((error: unknown) => {
    throw damaged(path, messageOf(error))
  })
  const all = new Map<string, Buffer>()
  for (const { path: name, content } of files) {
    if (all.has(name)) throw damaged(path, `It has ${JSON.stringify(name)} twice.`)
    all.set(name, content)
  }
  const top = topOf(files)
  if (top === undefined || !all.has(`${top}/${runFolder}/run.json`)) throw damaged(path, `It has no ${runFolder}/run.json.`)
  const under = files.find((file) => isBelowFile(file.path, all))
  if (under !== undefined) throw damaged(path, `${JSON.stringify(under.path)} is below a file.`)
  return { top, all }
}

async function decompressed(path: string, { megabytes }: typeof unpackedAtMost): Promise<Buffer> {
  const packed = await readFile(path)
  if (!packed.subarray(0, magic.length).equals(magic)) throw damaged(path, 'It is not compressed by zstd.')
  try {
    // In one go and in this thread: whatever works on may keep a process from ending.
    return zstdDecompressSync(packed, { maxOutputLength: megabytes * 1_000_000 })
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw damaged(path, isTooLarge ? `It holds more than ${megabytes} MB.` : `It is damaged or cut off: ${messageOf(error)}`)
  }
}

/** Anybody may have made an archive: nothing of it may get out of the directory that it is unpacked into. */
function refuse({ name, type }: Header): string | undefined {
  if (type !== 'file' && type !== 'directory') return `${JSON.stringify(name)} is neither a file nor a directory.`
  const parts = name.replace(/\/$/, '').split('/')
  const isOdd = parts.some((part) => part === '' || part === '.' || part === '..' || /[\\\p{Cc}]/u.test(part))
  return isOdd ? `${JSON.stringify(name)} is no path of an archive of a run.` : undefined
}

/** The one folder that everything is in. */
function topOf(files: readonly TarFile[]): string | undefined {
  const tops = new Set(files.map(({ path }) => path.split('/')[0]))
  return tops.size === 1 ? [...tops][0] : undefined
}

function isBelowFile(path: string, all: ReadonlyMap<string, Buffer>): boolean {
  const parent = dirname(path)
  return parent !== '.' && (all.has(parent) || isBelowFile(parent, all))
}

function listProblems(top: string, all: ReadonlyMap<string, Buffer>): readonly string[] {
  const list = all.get(`${top}/${sumsFile}`)
  if (list === undefined) return [`The archive has no ${sumsFile}.`]
  const listed = parseSums(list.toString('utf8'))
  const here = [...all.keys()].map((path) => path.slice(top.length + 1)).filter((path) => path !== sumsFile)
  const changed = [...listed].flatMap(([path, digest]) => {
    const content = all.get(`${top}/${path}`)
    if (content === undefined) return [`${path} of the archive is missing.`]
    return hash('sha256', content) === digest ? [] : [`${path} of the archive was changed.`]
  })
  return [...changed, ...here.filter((path) => !listed.has(path)).map((path) => `${path} of the archive was added.`)]
}

function damaged(path: string, why: string): ArchiveRefused {
  return new ArchiveRefused(`${path} is no archive of a run that can be read: ${why.replace(/\.?$/, '.')}`, {
    fix: 'Get it again from where it is kept, or name the directory of the run.',
  })
}
