import { SetupError } from '../setup-error.ts'

/** The program of Node that images get a copy of. Throws a `SetupError` for one that does not run without a library of this machine. */
export function nodeProgram(path: string = process.execPath, variables: object = process.config.variables): string {
  if (!('node_shared' in variables) || variables.node_shared !== true) return path
  throw new SetupError(`Images get a copy of the program ${path}, and this one needs libnode of this machine.`, {
    fix: 'Run Holdfast with a Node.js from https://nodejs.org.',
  })
}
