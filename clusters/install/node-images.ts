import { engineFromFile, engineLines, EngineError } from '../container-engine.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import type { ImageArchive } from './image-archive.ts'

const ctr = ['ctr', '--namespace', 'k8s.io', 'images'] as const

/** References of the images that a node has. */
export async function imagesInNode(node: string): Promise<ReadonlySet<string>> {
  return new Set(await engineLines(['exec', node, ...ctr, 'ls', '--quiet']))
}

/**
 * Loads archives of images into nodes, as the images of Holdfast get into the node image: a container runtime unpacks them when they are first
 * used. Throws a `SetupError` with the words of the container runtime.
 */
export async function loadArchives(
  archives: readonly ImageArchive[],
  { nodes, log, signal }: { readonly nodes: readonly string[]; readonly log: Log; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  for (const { path, references } of archives) {
    log(`loading ${references.join(', ')} from ${path} into ${nodes.join(', ')}`)
    await Promise.all(nodes.map(async (node) => load(path, node, signal)))
    const there = await imagesInNode(nodes[0] ?? '')
    const missing = references.find((reference) => !there.has(reference))
    if (missing === undefined) continue
    throw new SetupError(`Image ${missing} of ${path} is not on node ${nodes[0] ?? ''} after it was loaded.`, {
      fix: 'Check that the archive holds it for the platform of the nodes.',
    })
  }
}

async function load(path: string, node: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    await engineFromFile(['exec', '--interactive', node, ...ctr, 'import', '--no-unpack', '-'], { file: path, signal })
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    throw new SetupError(`The images of ${path} could not be loaded into node ${node}: ${error.why}.`, {
      fix: 'Check that "docker load --input" takes the archive, and that it holds all layers for the platform of the nodes.',
      cause: error,
    })
  }
}
