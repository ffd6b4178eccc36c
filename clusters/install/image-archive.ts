import { createHash } from 'node:crypto'
import { accessSync, constants, createReadStream, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { execa } from 'execa'
import { SetupError } from '../setup-error.ts'
import { listAt, textAt } from './manifest.ts'
import { wholeReference } from './image-reference.ts'

/** An archive of images, as `docker save` and tools for OCI layouts write it. */
export interface ImageArchive {
  readonly path: string
  readonly sha256: string
  /** Images that it holds under a whole name, with their registry and tag. */
  readonly references: readonly string[]
}

/** What an archive says of its images, as JSON: `manifest.json` of docker, `index.json` of an OCI layout. Undefined for what it lacks. */
export interface ArchiveIndex {
  readonly manifest: unknown
  readonly index: unknown
}

/**
 * References by which a node knows the images of an archive once they are imported. An OCI layout may call an image by its tag alone: such
 * an image gets a name that no manifest uses, and is left out.
 */
export function referencesIn({ manifest, index }: ArchiveIndex): readonly string[] {
  const ofDocker = (Array.isArray(manifest) ? manifest : []).flatMap((image) => listAt(image, 'RepoTags'))
  const ofLayout = listAt(index, 'manifests').map(
    (image) =>
      textAt(image, 'annotations', 'io.containerd.image.name') ?? textAt(image, 'annotations', 'org.opencontainers.image.ref.name'),
  )
  const named = [...ofDocker, ...ofLayout].filter((name): name is string => typeof name === 'string' && /[/:@]/.test(name))
  return [...new Set(named.map(wholeReference))]
}

/** Reads what an archive holds, compressed or not. Throws a `SetupError` of one sentence for a file that is none, or names no image. */
export async function readArchive(path: string): Promise<ImageArchive> {
  refuseNoFile(path)
  const found = {
    manifest: await jsonIn(path, ['manifest.json', './manifest.json']),
    index: await jsonIn(path, ['index.json', './index.json']),
  }
  if (found.manifest === undefined && found.index === undefined) {
    throw new SetupError(`--image-archive ${path} is no archive of images: it has neither manifest.json nor index.json.`, {
      fix: 'Write one with "docker save --output <file> <image>".',
    })
  }
  const references = referencesIn(found)
  if (references.length > 0) return { path, sha256: await sha256Of(path), references }
  throw new SetupError(`--image-archive ${path} holds no image with a name.`, {
    fix: 'Write it by the name of the image with its registry and tag, and not by its id: "docker save --output <file> <image>".',
  })
}

function refuseNoFile(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new SetupError(`--image-archive ${path} does not exist.`, { fix: 'Correct its path.' })
  if (found.isFile()) {
    refuseUnreadable(path)
    return
  }
  throw new SetupError(`--image-archive ${path} is not a file.`, {
    fix: 'Put an OCI layout into an archive: tar --create --file <file> -C <layout> .',
  })
}

function refuseUnreadable(path: string): void {
  try {
    accessSync(path, constants.R_OK)
  } catch (error) {
    const fix = 'Use a file that you can read.'
    throw new SetupError(`--image-archive ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? ''}).`, { fix })
  }
}

async function jsonIn(path: string, members: readonly string[]): Promise<unknown> {
  // What stands before a colon is a machine for tar, unless it is a directory.
  const file = resolve(path)
  for (const member of members) {
    const found = await execa('tar', ['--extract', '--to-stdout', '--occurrence=1', '--file', file, member], { reject: false })
    if (found.failed || found.stdout === '') continue
    try {
      return JSON.parse(found.stdout)
    } catch {
      return undefined
    }
  }
  return undefined
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
