import { createInterface } from 'node:readline/promises'

/** Whether somebody sits at a terminal who can be asked. */
export interface Asking {
  readonly interactive: boolean
}

/**
 * Whether this machine may be changed. On a terminal the question is asked, and no answer is a no. Without one nobody can be asked, and the
 * answer is yes: whoever changes something then prints what it was.
 */
export async function mayChange(question: string, { interactive }: Asking): Promise<boolean> {
  if (!interactive) return true
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim())
  } finally {
    terminal.close()
  }
}
