import type { Measure } from '../../engine/measurement.ts'
import type { NodeContainers } from './node-containers.ts'

/** What a node that asks the API server hears of it. */
export interface HeardOfApiServer {
  /** First line of its answer; empty when none came within ten seconds. */
  readonly said: string
}

/** Names what a node heard of the API server. */
export interface HeardName {
  readonly node: string
  readonly label: string
}

/** Asks the API server from a node, and keeps in the history what it said. */
export async function measureApiServer(
  label: string,
  { containers, measure }: { readonly containers: NodeContainers; readonly measure: Measure },
  node: string,
): Promise<HeardName> {
  const value: HeardOfApiServer = { said: await containers.askApiServer() }
  measure('api-server', label, { subject: { kind: 'Node', name: node }, value })
  return { node, label }
}
