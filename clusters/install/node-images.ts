import { execa } from 'execa'
import { engineLines } from '../container-engine.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { ensureTool } from '../tools.ts'
import type { ImageArchive } from './image-archive.ts'

/** References of the images that a node has. */
export async function imagesInNode(node: string): Promise<ReadonlySet<string>> {
  return new Set(await engineLines(['exec', node, 'ctr', '--namespace', 'k8s.io', 'images', 'ls', '--quiet']))
}

/** Loads archives of images into every node of a kind cluster. Throws a `SetupError` with the words of kind. */
export async function loadArchives(
  archives: readonly ImageArchive[],
  { cluster, log, signal }: { readonly cluster: string; readonly log: Log; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  if (archives.length === 0) return
  const kind = await ensureTool('kind', { log })
  for (const { path, references } of archives) {
    log(`loading ${references.join(', ')} from ${path} into the nodes`)
    const loaded = await execa(kind, ['load', 'image-archive', path, '--name', cluster], {
      reject: false,
      env: { KIND_EXPERIMENTAL_PROVIDER: 'docker' },
      ...(signal !== undefined && { cancelSignal: signal }),
    })
    signal?.throwIfAborted()
    if (!loaded.failed) continue
    const said = (loaded.stderr.trim().split('\n').at(-1) ?? '').replace(/^ERROR: /, '').replace(/\.$/, '')
    throw new SetupError(`kind could not load the images of ${path} into the nodes: ${said}.`, {
      fix: 'Check that "docker load --input" takes the archive, and that it holds all layers for the platform of the nodes.',
      cause: loaded,
    })
  }
}
