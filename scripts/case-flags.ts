import { parseArgs } from 'node:util'
import { echo } from 'zx'

/** What a script that runs several cases was given. */
export interface CaseFlags {
  readonly values: { readonly cluster?: string | undefined; readonly list: boolean }
  readonly positionals: readonly string[]
}

/** Ends a script with a sentence, its usage and exit code 3. */
export type Refuse = (sentence: string) => never

/** Reads `--cluster`, `--list` and names of cases; what is wrong is said with the usage of the script. */
export function readCaseFlags(usage: string): CaseFlags & { readonly refuse: Refuse } {
  const refuse: Refuse = (sentence) => {
    echo(`${sentence} Usage: ${usage}`)
    return process.exit(3)
  }
  try {
    const options = { cluster: { type: 'string' }, list: { type: 'boolean', default: false } } as const
    return { ...parseArgs({ options, allowPositionals: true }), refuse }
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
}
