import { type Command, Option } from 'commander'

/** What every listing takes. */
export interface JsonFlag {
  readonly json?: boolean
}

/**
 * The flag with which a command that lists something prints one JSON document on standard output, and nothing else there. Field names are
 * those that docs/json-listings.md lists. `says` is for a command that lists only sometimes; it cannot go with the flags of `conflicts`.
 */
export function withJson(command: Command, { says, conflicts = [] }: { says?: string; conflicts?: readonly string[] } = {}): Command {
  return command.addOption(new Option('--json', says ?? 'print it as one JSON document, and nothing else').conflicts([...conflicts]))
}

/** Prints the document of a listing. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
}
