import type { Command } from 'commander'
import { loadSettings } from '../plan/config.ts'
import { projectRoot } from '../shell/project-root.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

interface ImageOptions {
  readonly config?: string
}

/** `holdfast image save <file>` and `holdfast image push <repository>`: the image of suites for clusters that Holdfast did not make. */
export function image(): Command {
  const save = command('save', 'write the workload image to a file, for nodes that cannot reach a registry')
    .argument('<file>', 'tar archive to write')
    .action(async (file: string, options: ImageOptions) => {
      const { saveWorkloadImage } = await import('../../clusters/index.ts')
      const reference = await saveWorkloadImage(file, await ready(options))
      log(`Wrote ${file}. On each node: ctr --namespace k8s.io images import ${file}`)
      log(`Then run with --workload-image ${reference}`)
    })
  const push = command('push', 'push the workload image to a registry that the nodes can reach')
    .argument('<repository>', 'repository, such as registry.example.com/holdfast/workload')
    .action(async (repository: string, options: ImageOptions) => {
      refuseBadRepository(repository)
      const { pushWorkloadImage } = await import('../../clusters/index.ts')
      log(`Run with --workload-image ${await pushWorkloadImage(repository, await ready(options))}`)
    })
  return strictCommand({ name: 'image', summary: 'provide the workload image to a cluster that Holdfast did not create' })
    .addCommand(save)
    .addCommand(push)
}

function command(name: string, summary: string): Command {
  return strictCommand({ name, summary }).option('--config <file>', 'settings file instead of holdfast.yaml')
}

function refuseBadRepository(name: string): void {
  if (/^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+$/.test(name)) return
  throw new UsageError(`${name} is not a repository in a registry.`, {
    fix: 'Give the registry and the repository, without a tag, such as registry.example.com/holdfast/workload.',
  })
}

/** A container engine that answers, and how the image is built where it is missing. */
async function ready({ config: path }: ImageOptions) {
  const { profile: _, ...config } = loadSettings({ root: projectRoot, path })
  const { ensureEngine } = await import('../../clusters/index.ts')
  await ensureEngine({ interactive: process.stdin.isTTY && process.env['CI'] === undefined, log })
  return { config, log }
}
