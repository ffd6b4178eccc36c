/** What a process has once, by name: its directory, environment, exit code, listeners, streams and globals. */
export type ProcessState = ReadonlyMap<string, unknown>

/** What this process is like now. Values that are objects are told apart by identity. */
export function stateOfProcess(): ProcessState {
  // Libraries keep what all copies of them share in globals of such names.
  const globals = Object.entries(Object.getOwnPropertyDescriptors(globalThis)).filter(([name]) => !name.startsWith('__'))
  return new Map<string, unknown>([
    ['process.cwd()', process.cwd()],
    ['process.exitCode', process.exitCode],
    ['process.stdout.write', process.stdout.write],
    ['process.stderr.write', process.stderr.write],
    ...Object.entries(process.env).map(([name, value]) => [`process.env.${name}`, value] as const),
    ...process.eventNames().map((name) => [`listeners of ${String(name)}`, process.listenerCount(name)] as const),
    ...globals.map(([name, { value, get }]) => [`globalThis.${name}`, get ?? value] as const),
  ])
}

/** Names of what differs between two states, in order. */
export function changesOf(before: ProcessState, after: ProcessState): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].filter((name) => !Object.is(before.get(name), after.get(name))).toSorted()
}
