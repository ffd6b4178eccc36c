import { availableParallelism, totalmem } from 'node:os'
import { askEngine } from './container-engine.ts'

/** What a machine has for clusters. */
export interface SeenMachine {
  readonly processors: number
  readonly memoryGiB: number
  /** Version of the container engine; absent where none answers. */
  readonly engine?: string
}

/** Looks at the machine, and changes nothing. */
export async function seeMachine(): Promise<SeenMachine> {
  const engine = await askEngine(['version', '--format', '{{.Server.Version}}'], { seconds: 10 })
  const memoryGiB = Math.round((totalmem() / 2 ** 30) * 10) / 10
  return { processors: availableParallelism(), memoryGiB, ...(engine !== undefined && { engine }) }
}
