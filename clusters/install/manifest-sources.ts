import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, type Stats } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { InstalledFile } from '../../contract/subject.ts'
import { SetupError } from '../setup-error.ts'
import type { PlacedManifest } from './manifest.ts'
import { manifestsIn } from './parse-manifests.ts'

/** What `--install` names: files with objects, or the directory of a kustomization. */
export type ManifestSource =
  | { readonly from: 'files'; readonly files: readonly string[] }
  | { readonly from: 'kustomization'; readonly directory: string }

/** Names by which kustomize knows its file. */
const kustomizations = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/** Says what a path names. Throws a `SetupError` of one sentence for one from which nothing can be installed. */
export function manifestSource(path: string): ManifestSource {
  if (/^[a-z+]+:\/\//i.test(path))
    throw new SetupError(`--install ${path} is an address and no path.`, { fix: 'Download it, read it, and pass the file.' })
  const found = statOf(path)
  if (found.isFile()) {
    return kustomizations.includes(basename(path)) ? { from: 'kustomization', directory: dirname(path) } : { from: 'files', files: [path] }
  }
  if (!found.isDirectory()) throw new SetupError(`--install ${path} is neither a file nor a directory.`, { fix: 'Pass a YAML file.' })
  const names = namesIn(path)
  if (names.some((name) => kustomizations.includes(name))) return { from: 'kustomization', directory: path }
  if (names.includes('Chart.yaml')) {
    throw new SetupError(`--install ${path} is a Helm chart.`, {
      fix: `Render it with "helm template --include-crds <name> ${path} --namespace <namespace> > driver.yaml", and pass driver.yaml.`,
    })
  }
  const files = names.filter((name) => /\.(?:ya?ml|json)$/.test(name)).toSorted()
  if (files.length > 0) return { from: 'files', files: files.map((name) => join(path, name)) }
  throw new SetupError(`--install ${path} is a directory without a YAML file.`, {
    fix: 'Pass the directory that holds them: directories below it are not read.',
  })
}

function statOf(path: string): Stats {
  try {
    return statSync(path)
  } catch (error) {
    throw unreadable(path, error)
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
  } catch (error) {
    throw unreadable(directory, error)
  }
}

function unreadable(path: string, error: unknown): SetupError {
  const code = (error as NodeJS.ErrnoException).code ?? String(error)
  if (code === 'ENOENT') return new SetupError(`--install ${path} does not exist.`, { fix: 'Correct its path.' })
  return new SetupError(`--install ${path} cannot be read (${code}).`, { fix: 'Use a path that you can read.' })
}

/** What a kustomization comes to. */
export interface Rendered {
  readonly text: string
  /** The program that rendered it, with its version. */
  readonly by: string
}

/** Objects of several sources, and what they were read from. */
export interface ReadManifests {
  readonly manifests: readonly PlacedManifest[]
  readonly files: readonly InstalledFile[]
}

/** Reads the objects of all sources. `render` makes objects of a kustomization. Throws a `SetupError` for what cannot be read. */
export async function readManifests(
  sources: readonly ManifestSource[],
  render: (directory: string) => Promise<Rendered>,
): Promise<ReadManifests> {
  const read: ReadManifests[] = []
  for (const source of sources) {
    if (source.from === 'files') read.push(...source.files.map(readOne))
    else {
      const { text, by } = await render(source.directory)
      const path = `kustomization ${source.directory}`
      read.push({ manifests: manifestsIn(text, path), files: [{ path, sha256: sha256(text), renderedBy: by }] })
    }
  }
  return { manifests: read.flatMap(({ manifests }) => manifests), files: read.flatMap(({ files }) => files) }
}

function readOne(path: string): ReadManifests {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw unreadable(path, error)
  }
  return { manifests: manifestsIn(text, path), files: [{ path, sha256: sha256(text) }] }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
