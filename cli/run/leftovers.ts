import { globSync, readFileSync } from 'node:fs'
import { sweep } from '../../clusters/index.ts'
import { log } from '../shell/log.ts'

/** What was checked, and what a run left behind. */
export interface Leftovers {
  readonly checked: readonly string[]
  readonly left: readonly string[]
}

/** Looks for anything a finished run left: what a sweep would remove, and processes that still work for the run. */
export async function findLeftovers({ runDirectory }: { readonly runDirectory: string }): Promise<Leftovers> {
  const { removed, checked } = await sweep({ log })
  const processes = processesOf(runDirectory)
  return { checked: [...checked, 'processes of the run'], left: [...removed, ...processes] }
}

function processesOf(runDirectory: string): readonly string[] {
  return globSync('/proc/[0-9]*/environ').flatMap((path) => {
    const [, , pid] = path.split('/')
    if (pid === String(process.pid)) return []
    return environmentOf(path).includes(`HOLDFAST_RUN=${runDirectory}`) ? [`process ${pid ?? ''}`] : []
  })
}

function environmentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // The process ended, or belongs to another user and so not to this run.
    return ''
  }
}
