import type { Command } from 'commander'
import { say } from './say.ts'
import { strictCommand } from './strict-command.ts'
import { table } from './table.ts'

/** `holdfast list`: the clusters there are. */
export function list(): Command {
  return strictCommand({ name: 'list', summary: 'list the clusters there are' }).action(async () => {
    const { listClusters } = await import('../clusters/index.ts')
    const clusters = await listClusters()
    if (clusters.length === 0) say('There are no clusters.')
    const rows = clusters.map(({ name, owner, alive, nodes, createdAt, path }) => {
      const state = owner === 'up' ? 'kept' : alive ? 'in use' : 'left by a dead run'
      return [name, state, nodes === undefined ? 'no container engine answers' : `${nodes} nodes`, createdAt, path]
    })
    for (const line of table(rows)) say(line)
  })
}
