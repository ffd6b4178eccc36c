import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { lstat, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { execa } from 'execa'
import { z } from 'zod'
import { ownCommand } from '../../contract/distribution.ts'
import { because, SetupError } from '../setup-error.ts'

const format = 'holdfast-images/1'

const [manifestName, imagesName] = ['manifest.json', 'images.tar'] as const

const manifestSchema = z.object({
  format: z.literal(format),
  /** Version of Kubernetes in the node images. */
  kubernetes: z.string(),
  /** Digest of `images.tar`, which `docker save` wrote. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** What it holds. The names of images of ours end in the hash of what they were made from. */
  images: z.array(z.object({ name: z.string(), reference: z.string(), imageId: z.string() })).min(1),
})

/** What an archive with all images of new clusters says of itself. */
export type PackedManifest = Readonly<z.infer<typeof manifestSchema>>

/** Where `docker save` writes to, and `docker load` reads from, in the directory that is packed. */
export function imagesIn(directory: string): string {
  return join(directory, imagesName)
}

/** Packs the images in a directory, and says what they are, into one `.tar.zst`. A file that cannot be written whole is removed. */
export async function packImages(file: string, directory: string, manifest: Pick<PackedManifest, 'kubernetes' | 'images'>): Promise<void> {
  const whole: PackedManifest = { format, ...manifest, sha256: await sha256Of(imagesIn(directory)) }
  await writeFile(join(directory, manifestName), `${JSON.stringify(whole, null, 2)}\n`)
  const fixed = ['--owner=0', '--group=0', '--numeric-owner', '--mtime=@0', '--mode=0644']
  const from = ['--create', '--file=-', ...fixed, '--directory', directory, manifestName, imagesName]
  const pack = execa('tar', from, { buffer: { stdout: false }, reject: false } as const)
  try {
    await pipeline(pack.stdout, createZstdCompress(), createWriteStream(file))
    const ended = await pack
    if (ended.failed) throw new Error(ended.stderr ?? '')
  } catch (error) {
    // Nobody reads what it writes any more.
    pack.kill()
    await pack
    await rm(file, { force: true })
    throw new SetupError(`The images could not be written to ${file}${because(error)}.`, {
      fix: 'Choose a place with more room.',
      cause: error,
    })
  }
}

/**
 * Unpacks such an archive into a directory. Throws a `SetupError` of one sentence for a file that is none, that is damaged, or whose images
 * are not those that it names.
 */
export async function unpackImages(file: string, directory: string): Promise<PackedManifest> {
  await extract(file, directory)
  const manifest = await manifestIn(file, directory)
  const found = await sha256Of(imagesIn(directory))
  if (found === manifest.sha256) return manifest
  throw new SetupError(`${file} is damaged: its images have the digest ${found}, and its manifest says ${manifest.sha256}.`, {
    fix: copyAgain,
  })
}

const written = `${ownCommand} image save --all`

const copyAgain = `Copy it again, or write it again: ${written} <file>`

async function extract(file: string, directory: string): Promise<void> {
  const whole = join(directory, 'whole.tar')
  const from = ['--extract', '--file', whole, '--no-same-owner', '--directory', directory, manifestName, imagesName]
  try {
    // Given by a pipe, tar may stop reading before the end, and then nobody knows whether the file has one.
    await pipeline(createReadStream(file), createZstdDecompress(), createWriteStream(whole))
    const { failed, stderr } = await execa('tar', from, { reject: false })
    if (failed) throw new Error(stderr)
  } catch (error) {
    throw new SetupError(`${file} is no archive that "${written}" wrote, or it is damaged${because(error)}.`, {
      fix: copyAgain,
      cause: error,
    })
  } finally {
    await rm(whole, { force: true })
  }
}

async function manifestIn(file: string, directory: string): Promise<PackedManifest> {
  const isFile = async (name: string) => (await lstat(join(directory, name)).catch(() => undefined))?.isFile() === true
  const read = (await isFile(manifestName)) && (await isFile(imagesName)) ? await readFile(join(directory, manifestName), 'utf8') : 'null'
  const { data, error } = manifestSchema.safeParse(parsed(read))
  if (data !== undefined) return data
  throw new SetupError(`${file} is no archive that "${written}" of this version wrote.`, { fix: copyAgain, cause: error })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
