import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { constants, zstdCompressSync } from 'node:zlib'
import { sumsFile } from '../../harness/engine/evidence/verify-evidence.ts'
import { contentsOf, envelopeFile, listFile } from '../attest/digest-list.ts'
import { parseFile } from '../model/guarantee-files.ts'
import { publishedRun } from '../model/published-run.ts'
import { readJson } from '../model/run-files.ts'
import { storedReportSchema } from '../model/stored-report.ts'
import { reportSchema } from '../schemas.ts'
import { archiveEnding, ArchiveRefused, runFolder, unpackedAtMost } from './archive-format.ts'
import { glossaryText } from './glossary.ts'
import { readmeText } from './readme.ts'
import { type TarFile, tarOf } from './tar.ts'
import { verifyText } from './verify-text.ts'

/** Window of the compression, as a power of two: what repeats itself is found all over a run, and `zstd` unpacks it without a flag. */
const windowLog = 27

/** From here on, a level takes a second more for each percent that it saves. */
const level = 12

/** A run in one file. */
export interface PackedRun {
  /** Name for the file. */
  readonly name: string
  readonly content: Buffer
  /** How many files of the run are in it, and their bytes. */
  readonly files: number
  readonly bytes: number
  /** How many files of the run are not: `allure-results/`, which says the same again, and empty logs. */
  readonly leftOut: number
}

/**
 * Packs a run, or its published copy, into a tar archive that zstd has compressed, with what a reader needs who has nothing but that. The
 * same run gives the same bytes, on the same version of Holdfast and Node.js. An attested run is packed whole: its list covers every file.
 * Throws `ArchiveRefused` for a run that has not ended, that holds what is no file, or that is too large to be unpacked.
 */
export async function packedRun(directory: string): Promise<PackedRun> {
  const report = parseFile(storedReportSchema, await readJson(join(directory, 'report.json')), 'report.json')
  if (report === undefined) throw new ArchiveRefused(`${directory} has no report.json.`, { fix: 'Name a run that has ended.' })
  const { files: found, others } = await contentsOf(directory)
  if (others[0] !== undefined)
    throw new ArchiveRefused(`${join(directory, others[0])} is neither a file nor a directory: no run writes that.`, {
      fix: 'Take it out of the run.',
    })
  const attestation = [listFile, envelopeFile].filter((path) => existsSync(join(directory, path)))
  const attested = attestation.length > 0
  const kept = attested ? found : found.filter((path) => !isRendering(path))
  const paths = [...kept, ...attestation].toSorted()
  const read: TarFile[] = []
  for (const path of paths) read.push({ path, content: await readFile(join(directory, path)) })
  const files = attested ? read : read.filter(({ path, content }) => content.length > 0 || path.startsWith('evidence/'))
  const bytes = files.reduce((sum, { content }) => sum + content.length, 0)
  if (bytes > unpackedAtMost.megabytes * 1_000_000 || files.length > unpackedAtMost.files)
    throw new ArchiveRefused(
      `${directory} has ${files.length} files with ${Math.ceil(bytes / 1_000_000)} MB; an archive holds at most ${unpackedAtMost.files} with ${unpackedAtMost.megabytes} MB.`,
      { fix: 'Publish the run in a site and pack that copy: it is smaller.' },
    )
  const leftOut = found.length + attestation.length - files.length
  const isPublished = (await publishedRun(directory)) !== undefined
  const about = { report, paths: files.map(({ path }) => path), isPublished, isThinner: leftOut > 0 }
  const name = `holdfast-${report.run.id}`
  const schema = reportSchema()
  const texts = {
    'GLOSSARY.md': glossaryText(),
    'README.md': readmeText(about),
    'VERIFY.md': verifyText({ ...about, name }),
    // Of a report of an older form, there is no schema any more.
    ...(report.apiVersion === 'holdfast.dev/v1alpha2' && { [schema.file]: schema.text }),
  }
  const beside = Object.entries(texts).map(([path, text]) => ({ path, content: Buffer.from(text) }))
  const all = [...beside, ...files.map(({ path, content }) => ({ path: `${runFolder}/${path}`, content }))]
  const sums = all.map(({ path, content }) => `${hash('sha256', content)}  ${path}\n`).join('')
  const packed = [{ path: sumsFile, content: Buffer.from(sums) }, ...all].map((file) => ({ ...file, path: `${name}/${file.path}` }))
  const content = compressed(await tarOf(packed, new Date(report.run.endedAt)))
  return { name: `${name}${archiveEnding}`, content, files: files.length, bytes, leftOut }
}

/** Whether a file says what `report.json` and the evidence say, for Allure. Controls have a run of their own each. */
function isRendering(path: string): boolean {
  return /^(?:mutants\/[^/]+\/)?allure-results\//.test(path)
}

function compressed(tar: Buffer): Buffer {
  return zstdCompressSync(tar, {
    params: {
      [constants.ZSTD_c_compressionLevel]: level,
      [constants.ZSTD_c_windowLog]: windowLog,
      [constants.ZSTD_c_checksumFlag]: 1,
    },
    pledgedSrcSize: tar.length,
  })
}
