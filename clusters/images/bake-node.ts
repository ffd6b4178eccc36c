import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { execa } from 'execa'
import type { Say } from '../say.ts'
import { SetupError } from '../setup-error.ts'
import { contentLabel } from './engine-images.ts'
import { goModuleFiles } from './go-programs.ts'
import type { ImagePlan } from './plan.ts'

const entrypoint = 'ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]'

/**
 * Makes the node image of a plan: starts containerd in a container of the node base, imports every image a run needs and commits the
 * result, so that no node pulls or unpacks an archive at run time.
 */
export async function bakeNode(plan: ImagePlan, say: Say): Promise<void> {
  const base = plan.images.get('node-base')
  if (base === undefined) throw new Error('the plan has no node-base image')
  const baked = [...plan.images.values()].filter((image) => !['debian', 'tools', 'node-base'].includes(image.definition.name))
  const name = `holdfast-bake-${randomBytes(4).toString('hex')}`
  say(`baking ${baked.length} images into the node image`)
  await execa('docker', ['run', '--detach', '--privileged', '--name', name, '--label', 'dev.holdfast.bake=true', '--entrypoint', 'sleep', base.reference, 'infinity'])
  try {
    await execa('docker', ['exec', '--detach', name, 'containerd'])
    await containerdAnswers(name)
    const save = execa('docker', ['save', ...baked.map((image) => image.reference)], { buffer: false })
    await save.pipe('docker', ['exec', '--interactive', name, 'ctr', '--namespace', 'k8s.io', 'images', 'import', '--no-unpack', '-'], { buffer: true })
    for (const image of baked) {
      const reference = image.definition.lookUpName
      if (reference !== undefined) await execa('docker', ['exec', name, 'ctr', '--namespace', 'k8s.io', 'images', 'tag', '--force', image.reference, reference])
    }
    await copyCrds(name)
    await execa('docker', ['exec', name, 'pkill', '-TERM', 'containerd'])
    await pause(500)
    await execa('docker', [
      ...['commit', '--change', entrypoint, '--change', 'STOPSIGNAL SIGRTMIN+3', '--change', `LABEL ${contentLabel}=${plan.nodeContent}`],
      ...['--change', `LABEL dev.holdfast.origin=${plan.origin}`, name, plan.nodeReference],
    ])
  } finally {
    await execa('docker', ['rm', '--force', '--volumes', name], { reject: false })
  }
}

async function containerdAnswers(container: string): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const answer = await execa('docker', ['exec', container, 'ctr', 'version'], { reject: false })
    if (!answer.failed) return
    if (Date.now() > deadline) {
      throw new SetupError('containerd did not answer within 30 s in a container of the node base image.', { fix: 'Run `holdfast doctor`.', cause: answer })
    }
    await pause(100)
  }
}

/** Puts the CustomResourceDefinitions of the snapshot API into the node, where a cluster's first step reads them. */
async function copyCrds(container: string): Promise<void> {
  const module = await goModuleFiles('github.com/kubernetes-csi/external-snapshotter/client/v8')
  await execa('docker', ['exec', container, 'mkdir', '-p', '/kind/holdfast'])
  await execa('docker', ['cp', join(module, 'config/crd'), `${container}:/kind/holdfast/crds`])
}
