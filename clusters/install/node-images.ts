import { engineFromFile, engineLines, EngineError } from '../machine/container-engine.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import type { ImageArchive } from './image-archive.ts'

const ctr = ['ctr', '--namespace', 'k8s.io', 'images'] as const

/** References of the images that a node has. */
export async function imagesInNode(node: string): Promise<ReadonlySet<string>> {
  return new Set(await engineLines(['exec', node, ...ctr, 'ls', '--quiet']))
}

/**
 * Loads archives of images into nodes, as the images of Holdfast get into the node image: a container runtime unpacks them when they are
 * first used. Throws a `SetupError` with the words of the container runtime.
 */
export async function loadArchives(
  archives: readonly ImageArchive[],
  { nodes, log, signal }: { readonly nodes: readonly string[]; readonly log: Log; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  for (const { path, references } of archives) {
    log(`loading ${references.join(', ')} from ${path} into ${nodes.join(', ')}`)
    await inEach(nodes, async (node) => load(path, node, signal))
    await inEach(nodes, async (node) => requireImages(node, { path, references }))
  }
}

/** Does something in all nodes at the same time. Where one fails the others are waited for: a cluster may be deleted after that. */
async function inEach(nodes: readonly string[], work: (node: string) => Promise<void>): Promise<void> {
  const all = nodes.map(work)
  await Promise.allSettled(all)
  await Promise.all(all)
}

async function requireImages(node: string, { path, references }: Pick<ImageArchive, 'path' | 'references'>): Promise<void> {
  const there = await imagesInNode(node)
  const missing = references.find((reference) => !there.has(reference))
  if (missing === undefined) return
  throw new SetupError(`Image ${missing} of ${path} is not on node ${node} after it was loaded.`, {
    fix: 'Check that the archive holds it for the platform of the nodes.',
  })
}

async function load(path: string, node: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    // For the platform of the node alone: an archive may list others whose layers it does not hold.
    await engineFromFile(['exec', '--interactive', node, ...ctr, 'import', '--no-unpack', '-'], { file: path, signal })
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    throw new SetupError(`The images of ${path} could not be loaded into node ${node}: ${error.why}.`, {
      fix: 'Check that "docker load --input" takes the archive, and that it holds all layers for the platform of the nodes.',
      cause: error,
    })
  }
}
