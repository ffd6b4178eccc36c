import type { NodeRecord } from '../../contract/cluster-record.ts'
import { askEngine, engine, engineLines, pipeEngine } from '../machine/container-engine.ts'
import { containerdAnswers, nameOfBake } from '../images/bake-node.ts'
import { SetupError } from '../setup-error.ts'
import { programsInNode, upgradedPrograms } from './upgrade-plan.ts'

const ctr = ['ctr', '--namespace', 'k8s.io', 'images'] as const

/** A container of the node image of the target: where programs and images of the new version come from, also where no registry answers. */
export interface TargetNode extends AsyncDisposable {
  /** Copies the programs into a node, where nothing uses them yet, and imports those images whose names begin so. */
  handOver(node: NodeRecord, images: readonly string[]): Promise<void>
}

/** How long the engine may take to start a container from an image of gigabytes. */
const startSeconds = 300

/** Starts a container of a node image with nothing but containerd in it. Its name says whose it is, as that of a container that bakes. */
export async function openTarget(nodeImage: string): Promise<TargetNode> {
  const name = nameOfBake()
  const remove = async () => void (await askEngine(['rm', '--force', '--volumes', name]))
  try {
    await engine(['run', '--detach', '--privileged', '--name', name, '--entrypoint', 'sleep', nodeImage, 'infinity'], {
      seconds: startSeconds,
    })
    await engine(['exec', '--detach', name, 'containerd'])
    await containerdAnswers(name)
    const there = await engineLines(['exec', name, ...ctr, 'ls', '--quiet'])
    return {
      async handOver(node, images) {
        await engine(['exec', node.container, 'mkdir', '-p', programsInNode])
        const into = ['exec', '--interactive', node.container] as const
        const programs = ['exec', name, 'tar', '-C', '/usr/bin', '-chf', '-', ...upgradedPrograms] as const
        await pipeEngine(programs, [...into, 'tar', '-C', programsInNode, '-xf', '-'])
        const wanted = imagesNamed(images, there)
        await pipeEngine(['exec', name, ...ctr, 'export', '-', ...wanted], [...into, ...ctr, 'import', '--no-unpack', '-'])
      },
      [Symbol.asyncDispose]: remove,
    }
  } catch (error) {
    await remove()
    throw error
  }
}

/** References of the images that kubeadm looks for, of those in a node. Throws a `SetupError` where one is not there. */
export function imagesNamed(names: readonly string[], there: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const found = there.filter((reference) => new RegExp(`^registry\\.k8s\\.io/(coredns/)?${name}:`).test(reference))
    if (found.length === 0)
      throw new SetupError(`The node image of the target has no image ${name}.`, {
        fix: 'Build it again: remove it, and run the command again.',
      })
    return found
  })
}
