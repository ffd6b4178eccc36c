import type { Command } from 'commander'
import { type JsonFlag, printJson, withJson } from '../shell/json-option.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { table } from '../shell/table.ts'

const states = { kept: 'kept', alive: 'in use', dead: 'left over from a dead run', unknown: 'owner unknown' } as const

/** `holdfast list`: the clusters there are. */
export function list(): Command {
  return withJson(strictCommand({ name: 'list', summary: 'list all clusters' })).action(async ({ json = false }: JsonFlag) => {
    const { listClusters } = await import('../../clusters/index.ts')
    const clusters = await listClusters()
    if (json) return printJson(clusters)
    if (clusters.length === 0) log('There are no clusters.')
    const rows = clusters.map(({ name, standing, nodes, createdAt, path }) => {
      return [name, states[standing], nodes === undefined ? 'no container engine answers' : `${nodes} nodes`, createdAt, path]
    })
    for (const line of table(rows)) log(line)
  })
}
