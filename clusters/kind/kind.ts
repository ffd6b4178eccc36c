import { globSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { execa } from 'execa'
import { kindLabel } from '../machine/cluster-owner.ts'
import { askEngine, engine, engineLines } from '../machine/container-engine.ts'
import { clusterDirectory } from '../directories.ts'
import type { Log } from '../log.ts'
import { ensureTool } from './tools.ts'

/** Runs `kind create cluster`. What kind prints goes to `log`. */
export async function kindCreate(options: {
  readonly name: string
  readonly image: string
  readonly config: string
  readonly network: string
  readonly logFile: string
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}): Promise<void> {
  const kind = await ensureTool('kind', { log: options.log })
  await execa(
    kind,
    [
      'create',
      'cluster',
      '--name',
      options.name,
      '--image',
      options.image,
      '--config',
      '-',
      '--kubeconfig',
      clusterDirectory(options.name, 'kubeconfig'),
      '--retain',
      '--verbosity',
      '1',
    ],
    {
      input: options.config,
      env: { KIND_EXPERIMENTAL_DOCKER_NETWORK: options.network, KIND_EXPERIMENTAL_PROVIDER: 'docker' },
      all: true,
      stdout: { file: options.logFile },
      stderr: { file: options.logFile },
      ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
    },
  )
}

/** Containers of a cluster's nodes, by node name. */
export async function nodeContainers(name: string): Promise<readonly string[]> {
  return engineLines(['ps', '--all', '--filter', `label=${kindLabel}=${name}`, '--format', '{{.Names}}'])
}

/** Removes the containers of a cluster's nodes with their volumes. */
export async function removeNodes(name: string): Promise<void> {
  const containers = await nodeContainers(name)
  if (containers.length === 0) return
  const command = ['rm', '--force', '--volumes', ...containers] as const
  if ((await askEngine(command)) !== undefined) return
  await thaw(containers)
  await engine(command)
}

/**
 * On cgroup v1, runc freezes a Pod's container while it sets it up: one that is killed then leaves it frozen, and nothing frozen can be
 * killed.
 */
async function thaw(containers: readonly string[]): Promise<void> {
  const ids = (await askEngine(['inspect', '--format', '{{.Id}}', ...containers])) ?? ''
  for (const id of ids.split('\n').filter((line) => line !== '')) {
    const states = globSync(`/sys/fs/cgroup/freezer/docker/${id}/**/freezer.state`)
    // Those below one that is gone by now are gone too.
    await Promise.allSettled(states.map(async (state) => writeFile(state, 'THAWED')))
  }
}
